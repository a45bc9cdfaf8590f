package ledger_test

import (
	"bufio"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"os"
	"os/exec"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"ippledge/internal/ledger"
)

// chained is a line of a downloaded chain, as README.md describes it.
type chained struct {
	BookID      string `json:"book_id"`
	Seq         int64  `json:"seq"`
	ID          string `json:"id"`
	PostedAt    string `json:"posted_at"`
	ContentHash string `json:"content_hash"`
	PrevHash    string `json:"prev_hash"`
	Hash        string `json:"hash"`
	Content     string `json:"content"`
}

func sha(s string) string {
	sum := sha256.Sum256([]byte(s))
	return hex.EncodeToString(sum[:])
}

func replaceOnce(t *testing.T, s, old, new string) string {
	t.Helper()
	require.Equal(t, 1, strings.Count(s, old), s)
	return strings.Replace(s, old, new, 1)
}

func chainOf(t *testing.T, c client, book ledger.Book) (lines []chained) {
	t.Helper()
	w := c.do("maker", "GET", "/ledger/books/"+book.ID.String()+"/chain.jsonl", "", "")
	require.Equal(t, 200, w.Code, w.Body)
	scanner := bufio.NewScanner(w.Body)
	scanner.Buffer(nil, 1<<20)
	for scanner.Scan() {
		var l chained
		require.NoError(t, json.Unmarshal(scanner.Bytes(), &l))
		lines = append(lines, l)
	}
	require.NoError(t, scanner.Err())
	return lines
}

// TestRecipe runs the program that README.md prints, so that the recipe stays true, and
// shows that it notices a changed line.
func TestRecipe(t *testing.T) {
	t.Parallel()
	python, err := exec.LookPath("python3")
	if err != nil {
		t.Skip("no python3 here")
	}
	readme, err := os.ReadFile("README.md")
	require.NoError(t, err)
	program := regexp.MustCompile("(?s)```python\n(.*?)```").FindSubmatch(readme)
	require.NotNil(t, program)

	db, book := sixEntries(t)
	c, _, _ := serve(t, db)
	whole := c.do("maker", "GET", "/ledger/books/"+book.ID.String()+"/chain.jsonl", "", "").Body.String()
	public := c.do("", "GET", "/portal/ledger/books/shaoyang-fund/chain.jsonl", "", "").Body.String()
	require.NotContains(t, public, "经办", "the public chain shows no content")
	check := func(input string) (string, error) {
		cmd := exec.CommandContext(t.Context(), python, "-c", string(program[1]))
		cmd.Stdin = strings.NewReader(input)
		out, err := cmd.CombinedOutput()
		return string(out), err
	}
	for _, input := range []string{whole, public} {
		out, err := check(input)
		require.NoError(t, err, out)
		require.Contains(t, out, "6 entries")
	}
	for _, forged := range []string{
		strings.Replace(whole, "1000.00", "1000.01", 1),
		strings.Replace(public, `"seq":3`, `"seq":7`, 1),
		public[strings.Index(public, "\n")+1:],
	} {
		out, err := check(forged)
		require.Error(t, err, out)
	}
}

// TestChainInGo checks the chain with nothing of the package's own.
func TestChainInGo(t *testing.T) {
	t.Parallel()
	db, book := sixEntries(t)
	c, _, _ := serve(t, db)
	prev := ""
	for i, l := range chainOf(t, c, book) {
		require.EqualValues(t, i+1, l.Seq)
		require.Equal(t, prev, l.PrevHash)
		require.Equal(t, l.ContentHash, sha(l.Content))
		sum := sha256.New()
		for _, part := range []string{l.PrevHash, l.BookID, json.Number(jsonInt(l.Seq)).String(), l.ID, l.PostedAt} {
			sum.Write([]byte(part + "\n"))
		}
		sum.Write([]byte(l.ContentHash))
		require.Equal(t, hex.EncodeToString(sum.Sum(nil)), l.Hash)
		prev = l.Hash
	}
	require.Equal(t, []string{prev}, []string{headOf(t, c)})
}

func jsonInt(n int64) string { b, _ := json.Marshal(n); return string(b) }

func headOf(t *testing.T, c client) string {
	t.Helper()
	var books struct {
		Items []struct {
			Head string `json:"head"`
		} `json:"items"`
	}
	require.NoError(t, json.Unmarshal(c.do("maker", "GET", "/ledger/books", "", "").Body.Bytes(), &books))
	return books.Items[0].Head
}
