package authz

// DocumentUpload lets people attach evidence; who may read a document follows from what
// it is evidence of.
const DocumentUpload Permission = "document:upload"

var _ = define(grant(DocumentUpload, "上传文件", anyOf(ownerRoles, bankRoles, firmRoles, guaranty, bureauRoles, purseRoles, fundRoles, []Role{Expert})...))
