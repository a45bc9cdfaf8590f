package identifier

import (
	"errors"
	"fmt"
)

// The functions here make sample numbers with right check digits, for the seeds and for
// tests. They take constants of the program and panic on wrong ones.

// CompleteUSCC makes a credit code of its first eight characters and the eight of the
// organisation, adding the check characters of both.
func CompleteUSCC(first8, org8 string) string {
	if len(first8) != 8 || len(org8) != 8 || usccForm(first8+org8+"00") != nil {
		panic(fmt.Errorf("identifier: %q and %q don't begin a credit code", first8, org8))
	}
	first17 := first8 + org8 + string(orgCheck(org8))
	return first17 + string(usccCheck(first17))
}

// CompletePatent adds the check character to the 12 digits of an application number (or
// to the 8 of an old one).
func CompletePatent(digits string) string {
	if !allDigits(digits) || len(digits) != 12 && len(digits) != 8 {
		panic(fmt.Errorf("identifier: %q doesn't begin a patent number", digits))
	}
	return digits + string(patentCheck(digits))
}

// CompleteCNAPS adds the check digit to the first 11 of a bank code.
func CompleteCNAPS(first11 string) string {
	if !allDigits(first11) || len(first11) != 11 {
		panic(fmt.Errorf("identifier: %q doesn't begin a bank code", first11))
	}
	return first11 + string(cnapsCheck(first11))
}

// CompleteResidentID adds the check character to the first 17 digits of an identity card.
func CompleteResidentID(first17 string) string {
	if !allDigits(first17) || len(first17) != 17 {
		panic(errors.New("identifier: an identity card doesn't begin like this"))
	}
	return first17 + string(residentCheck(first17))
}
