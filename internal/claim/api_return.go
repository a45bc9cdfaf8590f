package claim

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humagin"

	"ippledge/internal/authz"
	"ippledge/internal/fault"
	"ippledge/internal/httpapi"
)

// returnMax is the largest answer taken, in bytes: two thousand lines are far smaller.
const returnMax = 8 << 20

type returnInput struct {
	DryRun  bool `query:"dry_run" doc:"只检查，不登记"`
	RawBody huma.MultipartFormFiles[struct {
		File huma.FormFile `form:"file" required:"false" doc:"托管银行填好结果的拨付清单 .xlsx"`
	}] `validate:"-" json:"-"`
}

func (s *Service) routesReturn(api *httpapi.API) {
	take := op("claims", "import-payment-return", http.MethodPost, "/claims/payment-return", "导入拨付结果：成功的提交复核，失败的登记原因；要么全部登记要么全不登记")
	take.Middlewares = huma.Middlewares{func(hc huma.Context, next func(huma.Context)) {
		c := humagin.Unwrap(hc)
		c.Request.Body = http.MaxBytesReader(c.Writer, c.Request.Body, returnMax)
		next(hc)
	}}
	httpapi.Register(api, httpapi.Needs(authz.ClaimPay), take, func(ctx context.Context, in *returnInput) (*httpapi.Body[PaymentReturn], error) {
		file := in.RawBody.Data().File
		if !file.IsSet {
			return nil, fault.InField("file", "document_missing", "请选择托管银行填好结果的拨付清单（.xlsx，不超过 8 MB）")
		}
		defer func() { _ = file.Close() }()
		out, err := s.TakeReturn(ctx, authz.From(ctx), file, in.DryRun)
		return httpapi.Of(out), err
	})
}
