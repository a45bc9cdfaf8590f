package org

import (
	"ippledge/internal/fault"
	"ippledge/internal/platform/postgres"
)

// AreaKind is city, county or park.
type AreaKind string

// The kinds of area.
const (
	City   AreaKind = "city"
	County AreaKind = "county"
	Park   AreaKind = "park"
)

// Region is the city, one of its counties (GB/T 2260 codes) or a park (codes of the
// city's own). They come from seeds/reference, so that another city is another folder.
type Region struct {
	Code       string   `json:"code"`
	Name       string   `json:"name"`
	Kind       AreaKind `json:"kind" enum:"city,county,park"`
	ParentCode *string  `json:"parent_code,omitempty"`
	Seq        int      `json:"seq"`
}

// Area finds an area by its code; area_unknown when there is none.
func Area(tx postgres.Tx, code string) (Region, error) {
	found, err := areasByCode(tx, code)
	if err != nil {
		return Region{}, err
	}
	if len(found) == 0 {
		return Region{}, errAreaUnknown
	}
	return found[0], nil
}

// Areas lists all areas in the order of the city's own lists.
func Areas(tx postgres.Tx) ([]Region, error) { return areasByCode(tx, "") }

// PutAreas adds areas or renames them; the seeds call it, parents first.
func PutAreas(tx postgres.Tx, areas []Region) error { return putAreas(tx, areas) }

// checkPlace wants the area to be the city or a county, and the park to be a park.
func checkPlace(tx postgres.Tx, o Organization) error {
	area, err := Area(tx, o.AreaCode)
	if err != nil {
		return err
	}
	if area.Kind == Park {
		return errAreaUnknown
	}
	if o.ParkCode == nil {
		return nil
	}
	park, err := Area(tx, *o.ParkCode)
	if fault.Has(err, "area_unknown") || err == nil && park.Kind != Park {
		return fault.InField("park_code", "park_unknown", "请从列表中选择园区，不在园区的请留空")
	}
	return err
}
