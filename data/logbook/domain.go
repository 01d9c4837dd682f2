package logbook

// Domains are the fields of the reform (lĩnh vực CCHC): the six of Thông tư
// 06/2026/TT-BNV, Điều 1 and 2, and the steering of the reform itself.
var Domains = []Choice{
	{ID: "direction", Title: "Chỉ đạo, điều hành", Words: []string{"chỉ đạo điều hành", "công tác chỉ đạo, điều hành", "chỉ đạo điều hành CCHC"}},
	{ID: "institutions", Title: "Cải cách thể chế", Words: []string{"thể chế"}},
	{ID: "procedures", Title: "Cải cách thủ tục hành chính", Words: []string{"TTHC", "thủ tục hành chính", "cải cách TTHC"}},
	{ID: "organisation", Title: "Cải cách tổ chức bộ máy", Words: []string{"tổ chức bộ máy", "bộ máy", "cải cách tổ chức bộ máy hành chính"}},
	{ID: "service", Title: "Cải cách chế độ công vụ", Words: []string{"công vụ", "chế độ công vụ"}},
	{ID: "finance", Title: "Cải cách tài chính công", Words: []string{"tài chính công"}},
	{ID: "digital", Title: "Xây dựng chính quyền điện tử, chính quyền số", Words: []string{"chính quyền số", "chính quyền điện tử", "chuyển đổi số",
		"hiện đại hóa hành chính", "xây dựng, phát triển chính quyền điện tử, chính quyền số"}},
}

func domainField() Field {
	return Field{Key: "domain", Title: "Lĩnh vực CCHC", Type: Pick, Choices: Domains, Open: true, Words: []string{"ngành/lĩnh vực", "lĩnh vực"}}
}
