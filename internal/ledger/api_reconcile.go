package ledger

import "ippledge/internal/httpapi"

func (s *Service) routesReconcile(api *httpapi.API) {}
