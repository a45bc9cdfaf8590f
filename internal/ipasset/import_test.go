package ipasset

import (
	"testing"

	"github.com/stretchr/testify/require"

	"ippledge/internal/fault"
)

func TestParseDay(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"2020-06-19": "2020-06-19", "2020/6/9": "2020-06-09", "2020.6.9": "2020-06-09", "2020年6月9日": "2020-06-09",
		"20200619": "2020-06-19", "44001": "2020-06-19",
	} {
		got, err := parseDay(in)
		require.NoError(t, err, in)
		require.Equal(t, want, got.String(), in)
	}
	for _, in := range []string{"2020-02-30", "昨天", "19/6/2020", "99999999999", "2020-6", "44001.5"} {
		_, err := parseDay(in)
		require.ErrorIs(t, err, &fault.Error{Code: "date_malformed"}, in)
	}
	got, err := parseDay("")
	require.NoError(t, err)
	require.Nil(t, got)
}

// FuzzParseRow: whatever stands in the cells, reading them neither panics nor lets
// through what the form would refuse.
func FuzzParseRow(f *testing.F) {
	f.Add("发明专利", "ZL202010566088.9", "2020-06-19", "是", "8000000.00", "7")
	f.Add("地理标志产品", "2006年第39号", "44001", "√", "1e400", "第31类")
	f.Add("", "年年年年年", "年月日", "'", "-", "99")
	f.Fuzz(func(t *testing.T, kind, number, date, flag, amount, class string) {
		cells := map[string]string{"名称": "某物"}
		for field, value := range map[string]string{
			"kind": kind, "right_no": number, "filed_on": date, "granted_on": date, "expires_on": date, "co_owned": flag,
			"product_revenue": amount, "nice_class": class,
		} {
			cells[titleOf[field]] = value
		}
		var c fault.Collector
		e := parseRow(cells, &c)
		if c.Err() != nil {
			return
		}
		var a Asset
		if e.fill(&a, enterprise, today) != nil {
			return
		}
		require.NotEmpty(t, a.Kind)
		require.NotEmpty(t, a.RightNo)
		require.False(t, a.ExpiresOn.IsZero())
		require.False(t, a.ProductRevenue != nil && a.ProductRevenue.IsNegative())
		require.Equal(t, a.Kind.IsMark(), a.NiceClass != nil)
	})
}
