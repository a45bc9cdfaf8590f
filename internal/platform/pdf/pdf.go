// Package pdf makes the platform's own documents: notices and certificates in Chinese, as
// PDF with the typeface inside. Its one hard rule: the same document gives the same
// bytes, so that a fingerprint published once can be checked for ever.
//
// A document made here carries no seal. It is not a 电子签章 and never says so (domain §9.5).
package pdf

import (
	"bytes"
	_ "embed"
	"fmt"
	"time"

	"github.com/go-pdf/fpdf"
)

// MediaType is that of the files.
const MediaType = "application/pdf"

//go:embed fonts/noto-sans-sc-subset.ttf
var face []byte

// Document is what is printed, from top to bottom.
type Document struct {
	Title    string
	Subtitle string // number or issuer, below the title
	Blocks   []Block
	Footer   string // at the foot of each page, before the page number
	// MadeAt is written into the file. It is part of the bytes, so it is never the clock's.
	MadeAt time.Time
}

// Block is one part of a document: a heading, a paragraph or a table, whichever is set.
type Block struct {
	Heading string
	Text    string
	// Right sets the text at the right margin: the issuer and the date.
	Right bool
	Table *Table
}

// Table is rows under a head. Widths are in millimetres and add up to at most 170.
// Columns named in Right are set to the right, as amounts are.
type Table struct {
	Head   []string
	Widths []float64
	Right  map[int]bool
	Rows   [][]string
}

const (
	margin   = 20.0  // mm
	width    = 170.0 // mm between the margins of A4
	line     = 7.5   // mm
	cellLine = 6.5   // mm
	bottom   = 275.0 // mm, where a table breaks to the next page
	typeface = "noto"
)

// Render prints a document on A4.
func Render(d Document) ([]byte, error) {
	p := fpdf.New("P", "mm", "A4", "")
	p.SetCreationDate(d.MadeAt)
	p.SetModificationDate(d.MadeAt)
	p.SetCatalogSort(true)
	p.SetProducer("ippledge", true)
	p.SetTitle(d.Title, true)
	p.SetLang("zh-CN")
	p.AddUTF8FontFromBytes(typeface, "", face)
	p.SetMargins(margin, margin, margin)
	p.SetAutoPageBreak(true, margin)
	p.SetFooterFunc(func() {
		p.SetY(-15)
		p.SetFont(typeface, "", 9)
		p.SetTextColor(110, 110, 110)
		p.CellFormat(0, 6, fmt.Sprintf("%s　第 %d 页", d.Footer, p.PageNo()), "", 0, "C", false, 0, "")
		p.SetTextColor(0, 0, 0)
	})
	p.AddPage()
	head(p, d)
	for _, b := range d.Blocks {
		b.print(p)
	}
	var out bytes.Buffer
	if err := p.Output(&out); err != nil {
		return nil, fmt.Errorf("pdf: %w", err)
	}
	return out.Bytes(), nil
}

func head(p *fpdf.Fpdf, d Document) {
	paragraph(p, d.Title, 18, 10, "C")
	if d.Subtitle != "" {
		paragraph(p, d.Subtitle, 10.5, line, "C")
	}
	y := p.GetY() + 2
	p.SetLineWidth(0.5)
	p.Line(margin, y, margin+width, y)
	p.SetLineWidth(0.2)
	p.SetY(y + 4)
}

// paragraph prints text in lines of our own breaking (wrap).
func paragraph(p *fpdf.Fpdf, text string, size, height float64, align string) {
	p.SetFont(typeface, "", size)
	for _, l := range wrap(text, width-2, p.GetStringWidth) {
		p.CellFormat(width, height, l, "", 1, align, false, 0, "")
	}
}

func (b Block) print(p *fpdf.Fpdf) {
	if b.Heading != "" {
		p.Ln(2)
		paragraph(p, b.Heading, 13, line+1, "L")
	}
	if b.Text != "" {
		align := "L"
		if b.Right {
			align = "R"
		}
		paragraph(p, b.Text, 11, line, align)
	}
	if b.Table != nil {
		b.Table.print(p)
	}
}

func (t Table) print(p *fpdf.Fpdf) {
	p.SetFont(typeface, "", 10)
	p.SetFillColor(232, 238, 240)
	t.row(p, t.Head, true)
	for _, cells := range t.Rows {
		t.row(p, cells, false)
	}
	p.Ln(3)
}

// row prints one row as high as its longest cell, on the next page when it doesn't fit.
func (t Table) row(p *fpdf.Fpdf, cells []string, isHead bool) {
	lines, most := make([][]string, len(t.Widths)), 1
	for i, w := range t.Widths {
		if i < len(cells) {
			lines[i] = wrap(cells[i], w-3, p.GetStringWidth)
			most = max(most, len(lines[i]))
		}
	}
	height := float64(most)*cellLine + 2
	if p.GetY()+height > bottom {
		p.AddPage()
		p.SetFont(typeface, "", 10)
		p.SetFillColor(232, 238, 240)
	}
	x, y := margin, p.GetY()
	for i, w := range t.Widths {
		style := "D"
		if isHead {
			style = "FD"
		}
		p.Rect(x, y, w, height, style)
		align := "L"
		if t.Right[i] && !isHead {
			align = "R"
		}
		for n, text := range lines[i] {
			p.SetXY(x, y+1+float64(n)*cellLine)
			p.CellFormat(w, cellLine, text, "", 0, align, false, 0, "")
		}
		x += w
	}
	p.SetXY(margin, y+height)
}
