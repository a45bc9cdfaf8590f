package identifier

// areas are the administrative codes of Shaoyang (domain §6.5).
var areas = map[string]string{
	"430500": "邵阳市",
	"430502": "双清区", "430503": "大祥区", "430511": "北塔区",
	"430522": "新邵县", "430523": "邵阳县", "430524": "隆回县", "430525": "洞口县",
	"430527": "绥宁县", "430528": "新宁县", "430529": "城步苗族自治县",
	"430581": "武冈市", "430582": "邵东市",
}

// formerAreas leads from a code that is no longer given to the one that took its place.
// 邵东县 became a city in 2019, and its old code lives on in credit codes.
var formerAreas = map[string]string{"430521": "430582"}

// CurrentArea is the administrative code in use today for a code found in a number, and
// its name when it lies in Shaoyang; elsewhere the name is empty.
func CurrentArea(code string) (current, name string) {
	if successor, ok := formerAreas[code]; ok {
		code = successor
	}
	return code, areas[code]
}

// provinces are the first two digits of administrative codes (GB/T 2260).
var provinces = map[string]bool{
	"11": true, "12": true, "13": true, "14": true, "15": true,
	"21": true, "22": true, "23": true,
	"31": true, "32": true, "33": true, "34": true, "35": true, "36": true, "37": true,
	"41": true, "42": true, "43": true, "44": true, "45": true, "46": true,
	"50": true, "51": true, "52": true, "53": true, "54": true,
	"61": true, "62": true, "63": true, "64": true, "65": true,
	"71": true, "81": true, "82": true, "83": true,
}
