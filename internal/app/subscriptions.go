package app

// subscribe connects what happened to those who listen.
func (a *App) subscribe() {}
