package iam

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"ippledge/internal/authz"
	"ippledge/internal/httpapi"
	"ippledge/internal/platform/postgres"
)

type createKeyInput struct {
	SessionCookie
	Body struct {
		Name   string             `json:"name" maxLength:"60" doc:"用途"`
		Scopes []authz.Permission `json:"scopes" minItems:"1" maxItems:"60" doc:"权限，不超出本人所有"`
		Days   int                `json:"days" doc:"有效天数，1–365"`
	}
}

type createKeyAnswer struct {
	Secret string  `json:"secret" doc:"密钥全文，只显示这一次"`
	Key    KeyView `json:"key"`
}

type revokeKeyInput struct {
	SessionCookie
	httpapi.ByID
}

type keysAnswer struct {
	Items []KeyView `json:"items" nullable:"false"`
}

func (s *Service) keyRoutes(api *httpapi.API) {
	op := func(id, method, path, summary string) huma.Operation {
		api.OwnKey(id) // a kept answer would keep the secret
		return huma.Operation{OperationID: id, Method: method, Path: path, Summary: summary, Tags: []string{"api-keys"}}
	}
	needs := httpapi.Needs(authz.APIKeyManage)
	httpapi.Register(api, needs, op("list-api-keys", http.MethodGet, "/api-keys", "我的接口密钥"),
		func(ctx context.Context, _ *struct{}) (*httpapi.Body[keysAnswer], error) {
			out := keysAnswer{Items: []KeyView{}}
			err := s.db.Read(ctx, func(tx postgres.Tx) error {
				keys, err := keysOf(tx, authz.From(ctx).UserID)
				for _, k := range keys {
					out.Items = append(out.Items, k.view())
				}
				return err
			})
			return httpapi.Of(out), err
		})
	create := op("create-api-key", http.MethodPost, "/api-keys", "创建接口密钥")
	create.DefaultStatus = http.StatusCreated
	httpapi.Register(api, needs, create, func(ctx context.Context, in *createKeyInput) (*httpapi.Body[createKeyAnswer], error) {
		if _, err := s.current(ctx, in.Cookie); err != nil {
			return nil, err
		}
		secret, key, err := s.CreateKey(ctx, authz.From(ctx), in.Body.Name, in.Body.Scopes, in.Body.Days)
		return httpapi.Of(createKeyAnswer{secret, key}), err
	})
	revoke := op("revoke-api-key", http.MethodPost, "/api-keys/{id}/revoke", "吊销接口密钥")
	revoke.DefaultStatus = http.StatusNoContent
	httpapi.Register(api, needs, revoke, func(ctx context.Context, in *revokeKeyInput) (*struct{}, error) {
		if _, err := s.current(ctx, in.Cookie); err != nil {
			return nil, err
		}
		return nil, s.RevokeKey(ctx, authz.From(ctx), in.ID.UUID)
	})
}
