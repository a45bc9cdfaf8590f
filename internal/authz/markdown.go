package authz

import (
	"fmt"
	"strings"
)

// Markdown is the catalogue as a table: what may be done, and by whom.
func Markdown() string {
	var b strings.Builder
	b.WriteString("# 权限目录\n\n由 `ippledge permissions` 生成，来源是 `internal/authz` 中的数据；没有列出的，谁也不能做。\n\n")
	b.WriteString("| 权限 | 含义 | 角色 |\n|---|---|---|\n")
	for _, g := range Catalogue() {
		words := make([]string, len(g.Roles))
		for i, r := range g.Roles {
			words[i] = string(r)
			if info, ok := Info(r); ok {
				words[i] = info.Text
			}
		}
		who := strings.Join(words, "、")
		if len(g.Roles) == len(Roles) {
			who = "全部角色"
		}
		fmt.Fprintf(&b, "| `%s` | %s | %s |\n", g.Permission, g.Text, who)
	}
	return b.String()
}
