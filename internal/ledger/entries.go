package ledger

import (
	"github.com/google/uuid"

	"ippledge/internal/authz"
	"ippledge/internal/calendar"
	"ippledge/internal/money"
)

// The events of the fund as entries. Each says which way the money goes; the caller has
// opened (Ensure) the accounts named. reference is the business number of the one event:
// it makes the idempotency key with the kind, so the same event can't be posted twice,
// and two events must not share one.

// event is what the constructors share.
func event(bookID uuid.UUID, kind string, maker, checker authz.Actor, reference string, on calendar.Date, narrative string, postings ...Posting) Entry {
	return Entry{
		BookID: bookID, Kind: kind, Reference: reference, EffectiveOn: on, Narrative: narrative,
		Maker: maker, Checker: checker, IdempotencyKey: kind + ":" + reference, Postings: postings,
	}
}

// Contribute is money paid into the fund. contributor is "municipal", "county:<code>" or
// "park:<code>"; custody is the account's short name, "main". Opens on Capital(contributor).
func Contribute(bookID uuid.UUID, maker, checker authz.Actor, reference string, on calendar.Date, amount money.Amount, contributor, custody string) Entry {
	return event(bookID, "contribute", maker, checker, reference, on, "出资入账", Posting{Capital(contributor), Cash(custody), amount})
}

// Interest is what the custody bank credits.
func Interest(bookID uuid.UUID, maker, checker authz.Actor, reference string, on calendar.Date, amount money.Amount, custody string) Entry {
	return event(bookID, "interest", maker, checker, reference, on, "专户利息", Posting{IncomeInterest, Cash(custody), amount})
}

// Enrol takes a loan into cover: exposure rises by the fund's share of covered principal.
func Enrol(bookID uuid.UUID, maker, checker authz.Actor, reference string, on calendar.Date, amount money.Amount, bankID, loanID uuid.UUID) Entry {
	return event(bookID, "enrol", maker, checker, reference, on, "备案入库", Posting{ExposureTotal, Exposure(bankID, loanID), amount})
}

// ExposureDown lowers exposure: principal repaid pro rata, or the loan released.
// reference is the repayment's or release's, not the loan's.
func ExposureDown(bookID uuid.UUID, maker, checker authz.Actor, reference string, on calendar.Date, amount money.Amount, bankID, loanID uuid.UUID) Entry {
	return event(bookID, "exposure_down", maker, checker, reference, on, "敞口减少", Posting{Exposure(bankID, loanID), ExposureTotal, amount})
}

// ApproveClaim recognises the loss against what is now owed to the bank, and ends the
// loan's exposure (exposure may be zero). The two never mix: they are separate postings.
func ApproveClaim(bookID uuid.UUID, maker, checker authz.Actor, reference string, on calendar.Date, amount, exposure money.Amount, bankID, loanID uuid.UUID) Entry {
	postings := []Posting{{Payable(bankID), LossPaid, amount}}
	if exposure.IsPositive() {
		postings = append(postings, Posting{Exposure(bankID, loanID), ExposureTotal, exposure})
	}
	return event(bookID, "approve_claim", maker, checker, reference, on, "补偿核准", postings...)
}

// Pay settles what is owed to the bank out of cash.
func Pay(bookID uuid.UUID, maker, checker authz.Actor, reference string, on calendar.Date, amount money.Amount, bankID uuid.UUID, custody string) Entry {
	return event(bookID, "pay", maker, checker, reference, on, "补偿拨付", Posting{Cash(custody), Payable(bankID), amount})
}

// Recover is the fund's share of what came back on a claim.
func Recover(bookID uuid.UUID, maker, checker authz.Actor, reference string, on calendar.Date, amount money.Amount, claimID uuid.UUID, custody string) Entry {
	return event(bookID, "recover", maker, checker, reference, on, "追偿收回", Posting{Recovered(claimID), Cash(custody), amount})
}

// ClawBack is compensation that a bank returns because it wasn't due: the loss falls.
func ClawBack(bookID uuid.UUID, maker, checker authz.Actor, reference string, on calendar.Date, amount money.Amount, custody string) Entry {
	return event(bookID, "claw_back", maker, checker, reference, on, "补偿追回", Posting{LossPaid, Cash(custody), amount})
}

// WriteOff moves a loss that is lost for good out of the losses still being pursued.
func WriteOff(bookID uuid.UUID, maker, checker authz.Actor, reference string, on calendar.Date, amount money.Amount) Entry {
	return event(bookID, "write_off", maker, checker, reference, on, "损失核销", Posting{LossPaid, LossWrittenOff, amount})
}

// ReturnCapital pays capital back to its contributor. Opens on Returned(contributor).
func ReturnCapital(bookID uuid.UUID, maker, checker authz.Actor, reference string, on calendar.Date, amount money.Amount, contributor, custody string) Entry {
	return event(bookID, "return_capital", maker, checker, reference, on, "退回出资", Posting{Cash(custody), Returned(contributor), amount})
}

// Fee is the manager's fee.
func Fee(bookID uuid.UUID, maker, checker authz.Actor, reference string, on calendar.Date, amount money.Amount, custody string) Entry {
	return event(bookID, "fee", maker, checker, reference, on, "管理费", Posting{Cash(custody), FeeManagement, amount})
}

// Subsidy is a subsidy paid out. Opens on SubsidyFor(kind).
func Subsidy(bookID uuid.UUID, maker, checker authz.Actor, reference string, on calendar.Date, amount money.Amount, kind, custody string) Entry {
	return event(bookID, "subsidy", maker, checker, reference, on, "补贴支出", Posting{Cash(custody), SubsidyFor(kind), amount})
}
