package identifier_test

import (
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"ippledge/internal/fault"
	"ippledge/internal/identifier"
)

func TestParsePatent(t *testing.T) {
	t.Parallel()

	t.Run("TheNumbersOfDomain62AreValid", func(t *testing.T) {
		t.Parallel()
		for s, typ := range map[string]string{
			"ZL202010566088.9": "invention", "ZL201510958772.0": "invention", "ZL202510942578.7": "invention",
			"ZL200510096239.4": "invention", "ZL202322865413.3": "utility_model", "ZL201811564288.X": "invention",
			"ZL201910603565.1": "invention", "ZL201820557176.0": "utility_model", "ZL201930071397.7": "design",
			"ZL201922156545.2": "utility_model", "ZL201910699568.X": "invention", "ZL201910190004.3": "invention",
			"ZL202222939332.9": "utility_model", "ZL201910985915.5": "invention",
		} {
			p, err := identifier.ParsePatent(s)
			require.NoError(t, err, s)
			require.Equal(t, typ, p.Type, s)
			require.True(t, p.Granted, s)
			require.Len(t, p.Number, 13)
			require.Equal(t, s, identifier.FormatPatent(p.Number))
		}
	})

	t.Run("AnApplicationIsNotAGrant", func(t *testing.T) {
		t.Parallel()
		for _, s := range []string{"CN202411064734.6", "202411064734.6", "2024110647346"} {
			p, err := identifier.ParsePatent(s)
			require.NoError(t, err, s)
			require.Equal(t, identifier.Patent{Number: "2024110647346", ApplicationYear: 2024, Type: "invention"}, p)
		}
		require.Equal(t, "202411064734.6", identifier.FormatApplication("2024110647346"))
	})

	t.Run("OldNumbersAreRead", func(t *testing.T) {
		t.Parallel()
		for s, want := range map[string]identifier.Patent{
			"ZL85100001.0":                        {Number: "851000010", ApplicationYear: 1985, Type: "invention", Granted: true},
			identifier.CompletePatent("02312345"): {Number: identifier.CompletePatent("02312345"), ApplicationYear: 2002, Type: "design"},
			identifier.CompletePatent("99212345"): {Number: identifier.CompletePatent("99212345"), ApplicationYear: 1999, Type: "utility_model"},
		} {
			p, err := identifier.ParsePatent(s)
			require.NoError(t, err, s)
			require.Equal(t, want, p)
		}
	})

	t.Run("APCTApplicationIsOfTheClassOfItsRight", func(t *testing.T) {
		t.Parallel()
		p, err := identifier.ParsePatent(identifier.CompletePatent("202080001234"))
		require.NoError(t, err)
		require.Equal(t, identifier.PCTInvention, p.Type)
		require.Equal(t, identifier.Invention, p.Class())
		p, err = identifier.ParsePatent(identifier.CompletePatent("202090001234"))
		require.NoError(t, err)
		require.Equal(t, identifier.UtilityModel, p.Class())
	})

	t.Run("WhatKeyboardsAddIsTakenAway", func(t *testing.T) {
		t.Parallel()
		for _, s := range []string{
			"ＺＬ２０１８１１５６４２８８．Ｘ", "zl 2018 1 1564288.x", "ZL201811564288X", " ZL 201811564288 . X ", "ZL201811564288。X",
		} {
			p, err := identifier.ParsePatent(s)
			require.NoError(t, err, "%q", s)
			require.Equal(t, "201811564288X", p.Number)
		}
	})

	t.Run("EachFaultHasItsCode", func(t *testing.T) {
		t.Parallel()
		for s, code := range map[string]string{
			"ZL202310123456.7":   "patent_check_digit",
			"ZL202410123456.7":   "patent_check_digit",
			"":                   "patent_length",
			"ZL202010566088":     "patent_length",
			"ZL20201056608.9":    "patent_length",
			"ZLZL202010566088.9": "patent_length",
			"ZL2020105660A8.9":   "patent_alphabet",
			"X202010566088":      "patent_alphabet",
			"CN213072711U":       "patent_publication_no",
			"CN102345678B":       "patent_publication_no",
			identifier.CompletePatent("199910123456"): "patent_year",
			identifier.CompletePatent("84100001"):     "patent_year",
			identifier.CompletePatent("04100001"):     "patent_year",
			identifier.CompletePatent("202040123456"): "patent_type",
			identifier.CompletePatent("85400001"):     "patent_type",
		} {
			p, err := identifier.ParsePatent(s)
			require.True(t, fault.Has(err, code), "%q: %v", s, err)
			require.Zero(t, p)
		}
	})
}

func TestPatentCheckDigit(t *testing.T) {
	t.Parallel()

	rapid.Check(t, func(t *rapid.T) {
		pattern := rapid.SampledFrom([]string{`20(0[4-9]|1\d|2[0-6])[12389]\d{7}`, `(8[5-9]|9\d|0[0-3])[12389]\d{5}`}).Draw(t, "era")
		number := identifier.CompletePatent(rapid.StringMatching(pattern).Draw(t, "digits"))
		p, err := identifier.ParsePatent(number)
		require.NoError(t, err)
		require.Equal(t, number, p.Number)
		back, err := identifier.ParsePatent(identifier.FormatPatent(number))
		require.NoError(t, err)
		require.Equal(t, number, back.Number)

		// Every weight is prime to 11, so a changed digit always shows; neighbours have
		// different weights, so that two of them exchanged show as well.
		_, err = identifier.ParsePatent(otherCharacter(t, number[:len(number)-1], "0123456789") + number[len(number)-1:])
		require.Error(t, err)
		at := rapid.IntRange(0, len(number)-3).Draw(t, "swap")
		swapped := []byte(number)
		swapped[at], swapped[at+1] = swapped[at+1], swapped[at]
		_, err = identifier.ParsePatent(string(swapped))
		require.Equal(t, swapped[at] != swapped[at+1], err != nil)
	})
}

func TestPatentRegistrationNo(t *testing.T) {
	t.Parallel()

	normalized, warning := identifier.PatentRegistrationNo(" y2021980000001 ")
	require.Nil(t, warning)
	require.Equal(t, "Y2021980000001", normalized)

	normalized, warning = identifier.PatentRegistrationNo("2021980000001")
	require.NotNil(t, warning)
	require.Equal(t, "patent_registration_no_unusual", warning.Code)
	require.Equal(t, "2021980000001", normalized)
}

func FuzzParsePatent(f *testing.F) {
	for _, s := range []string{"ZL202010566088.9", "ZL201811564288.X", "851000010", "CN213072711U", "", "\xff"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		p, err := identifier.ParsePatent(s)
		if err != nil {
			require.Zero(t, p)
			return
		}
		require.Equal(t, p.Number, identifier.CompletePatent(p.Number[:len(p.Number)-1]))
		require.NotEmpty(t, p.Type)
	})
}
