package identifier_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"ippledge/internal/fault"
	"ippledge/internal/identifier"
)

func TestParseTrademark(t *testing.T) {
	t.Parallel()

	t.Run("NumbersWithSuffixAndMadridLetterAreRead", func(t *testing.T) {
		t.Parallel()
		for s, want := range map[string]identifier.Trademark{
			"51127133":     {Number: "51127133"},
			"20532736":     {Number: "20532736"},
			"1":            {Number: "1"},
			"第20532736号":   {Number: "20532736"},
			"20532736a":    {Number: "20532736A", Suffix: "A"},
			"Ｇ１２３４５６７":     {Number: "G1234567", Madrid: true},
			" g 1234567 b": {Number: "G1234567B", Suffix: "B", Madrid: true},
		} {
			got, err := identifier.ParseTrademark(s)
			require.NoError(t, err, s)
			require.Equal(t, want, got)
		}
	})

	t.Run("EachFaultHasItsCode", func(t *testing.T) {
		t.Parallel()
		for s, code := range map[string]string{
			"": "trademark_length", "511271331": "trademark_length", "第号": "trademark_length",
			"5112713AB": "trademark_format", "G": "trademark_format", "T123": "trademark_format",
			"0000": "trademark_format", "新化杨梅": "trademark_format",
		} {
			_, err := identifier.ParseTrademark(s)
			require.True(t, fault.Has(err, code), "%q: %v", s, err)
		}
	})
}

func TestParseNiceClass(t *testing.T) {
	t.Parallel()

	for s, want := range map[string]int{"1": 1, "45": 45, "第31类": 31, "05": 5, "３１": 31} {
		got, err := identifier.ParseNiceClass(s)
		require.NoError(t, err, s)
		require.Equal(t, want, got)
	}
	for s, code := range map[string]string{
		"0": "nice_class_range", "46": "nice_class_range", "999": "nice_class_range",
		"": "nice_class_malformed", "x": "nice_class_malformed", "99999999999999999999": "nice_class_malformed",
	} {
		_, err := identifier.ParseNiceClass(s)
		require.True(t, fault.Has(err, code), "%q: %v", s, err)
	}
}

func TestParseGI(t *testing.T) {
	t.Parallel()

	for s, want := range map[string]identifier.GI{
		"2006年第39号":          {Number: "2006年第39号", Scheme: "product", Year: 2006},
		"国家质检总局公告2006年第039号": {Number: "2006年第39号", Scheme: "product", Year: 2006},
		"公告 〔2006〕 第 39 号":   {Number: "2006年第39号", Scheme: "product", Year: 2006},
		"AGI02104":           {Number: "AGI02104", Scheme: "agricultural"},
		"agi 02104":          {Number: "AGI02104", Scheme: "agricultural"},
		"原国家质量监督检验检疫总局公告2010年第1号": {Number: "2010年第1号", Scheme: "product", Year: 2010},
	} {
		got, err := identifier.ParseGI(s)
		require.NoError(t, err, s)
		require.Equal(t, want, got)
	}
	for s, code := range map[string]string{
		"": "gi_format", "AGI2104": "gi_format", "AGI021045": "gi_format", "2006年": "gi_format",
		"2006年第0号": "gi_format", "51127133": "gi_format", "1990年第1号": "gi_year", "2100年第1号": "gi_year",
	} {
		_, err := identifier.ParseGI(s)
		require.True(t, fault.Has(err, code), "%q: %v", s, err)
	}
}

func FuzzParseTrademark(f *testing.F) {
	for _, s := range []string{"51127133", "第20532736号", "G1234567A", "", "0"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		m, err := identifier.ParseTrademark(s)
		if err != nil {
			require.Zero(t, m)
			return
		}
		again, err := identifier.ParseTrademark(m.Number)
		require.NoError(t, err)
		require.Equal(t, m, again)
	})
}

func FuzzParseNiceClass(f *testing.F) {
	for _, s := range []string{"31", "第31类", "46", "", "-1"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		class, err := identifier.ParseNiceClass(s)
		if err == nil {
			require.NoError(t, identifier.CheckNiceClass(class))
		}
	})
}

func FuzzParseGI(f *testing.F) {
	for _, s := range []string{"2006年第39号", "AGI02104", "公告〔2006〕第39号", ""} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		g, err := identifier.ParseGI(s)
		if err != nil {
			require.Zero(t, g)
			return
		}
		again, err := identifier.ParseGI(g.Number)
		require.NoError(t, err)
		require.Equal(t, g, again)
	})
}
