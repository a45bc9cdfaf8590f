package app

// subscribe connects what happened to those who listen.
func (a *App) subscribe() {
	a.Notices.Listen(a.Bus)
	a.Bus.On("need.opened", a.Products.OnNeedOpened)
	a.Bus.On("need.closed", a.Bids.OnNeedClosed)
	a.Bus.On("need.cancelled", a.Bids.OnNeedCancelled)
	a.Bus.On("need.fulfilled", a.Bids.OnNeedFulfilled)
	a.Bus.On("bid.declined", a.Loans.OnBidDeclined)
	a.Bus.On("loan.classified", a.Funds.OnLoanClassified)
	a.Bus.On("loan.settled", a.Funds.OnLoanSettled)
}
