// Verify checks a log that lodged wrote out, with the checkpoint, tree and tile code of Go's own module mirror.
//
// It is no part of lodged: it shows that a program nobody here wrote accepts the log. golang.org/x/mod/sumdb/note
// opens the checkpoint, .../tlog checks both proofs and makes every tile again. What Go's code lacks is added
// here: the type 04 cosignature, the paths of C2SP tlog-tiles, and the text of a tlog-proof.
//
//	verify LOG EVIDENCE
//
// LOG is the folder of tiles. EVIDENCE holds log.vkey, witness.vkey, entry, entry.tlog-proof, old-checkpoint, growth.
package main

import (
	"bytes"
	"crypto/ed25519"
	"encoding/base64"
	"encoding/binary"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

const height = 8 // tlog-tiles: the height of a tile

func main() {
	if len(os.Args) != 3 {
		fmt.Println("usage: verify LOG EVIDENCE")
		os.Exit(2)
	}
	size, err := verify(os.Args[1], os.Args[2])
	if err != nil {
		fmt.Printf("refused: %v\n", err)
		os.Exit(1)
	}
	fmt.Printf("holds: %d entries\n", size)
}

func verify(log, evidence string) (int64, error) {
	checker, err := newChecker(evidence)
	if err != nil {
		return 0, err
	}
	tree, err := checker.checkpoint(filepath.Join(log, "checkpoint"))
	if err != nil {
		return 0, fmt.Errorf("checkpoint: %w", err)
	}
	if err := checkProof(checker, evidence); err != nil {
		return 0, fmt.Errorf("proof: %w", err)
	}
	if err := checkGrowth(checker, evidence, tree); err != nil {
		return 0, fmt.Errorf("growth: %w", err)
	}
	return tree.N, rehash(log, tree)
}

// A checker knows whom to believe: the log and one witness, both of whom must have signed.
type checker struct {
	log, witness note.Verifier
}

func newChecker(evidence string) (*checker, error) {
	log, err := note.NewVerifier(read(evidence, "log.vkey"))
	if err != nil {
		return nil, err
	}
	witness, err := newWitness(read(evidence, "witness.vkey"))
	if err != nil {
		return nil, err
	}
	return &checker{log, witness}, nil
}

func (c *checker) checkpoint(path string) (tlog.Tree, error) {
	content, err := os.ReadFile(path)
	if err != nil {
		return tlog.Tree{}, err
	}
	return c.open(content)
}

func (c *checker) open(content []byte) (tlog.Tree, error) {
	opened, err := note.Open(content, note.VerifierList(c.log, c.witness))
	if err != nil {
		return tlog.Tree{}, err
	}
	if len(opened.Sigs) != 2 {
		return tlog.Tree{}, errors.New("log and witness have not both signed")
	}
	return parseCheckpoint(opened.Text, c.log.Name())
}

func parseCheckpoint(text, origin string) (tlog.Tree, error) {
	lines := strings.Split(text, "\n")
	if len(lines) != 4 || lines[0] != origin {
		return tlog.Tree{}, errors.New("these are not the three lines of this log")
	}
	size, err := strconv.ParseInt(lines[1], 10, 64)
	if err != nil {
		return tlog.Tree{}, err
	}
	root, err := tlog.ParseHash(lines[2])
	return tlog.Tree{N: size, Hash: root}, err
}

// A witness verifies a cosignature: Ed25519 over a time and the checkpoint (C2SP tlog-cosignature, type 04).
type witness struct {
	name string
	id   uint32
	key  ed25519.PublicKey
}

func newWitness(vkey string) (note.Verifier, error) {
	parts := strings.SplitN(vkey, "+", 3)
	if len(parts) != 3 {
		return nil, errors.New("the witness's key is not one")
	}
	id, err := strconv.ParseUint(parts[1], 16, 32)
	if err != nil {
		return nil, err
	}
	key, err := base64.StdEncoding.DecodeString(parts[2])
	if err != nil || len(key) != 33 || key[0] != 4 {
		return nil, errors.New("the witness's key is not of type 04")
	}
	return &witness{parts[0], uint32(id), key[1:]}, nil
}

func (w *witness) Name() string    { return w.name }
func (w *witness) KeyHash() uint32 { return w.id }
func (w *witness) Verify(text, blob []byte) bool {
	if len(blob) != 72 {
		return false
	}
	signed := fmt.Sprintf("cosignature/v1\ntime %d\n%s", binary.BigEndian.Uint64(blob), text)
	return ed25519.Verify(w.key, []byte(signed), blob[8:])
}

// checkProof follows a tlog-proof from the entry to the root that its own checkpoint signs.
func checkProof(c *checker, evidence string) error {
	above, below, found := strings.Cut(read(evidence, "entry.tlog-proof"), "\n\n")
	lines := strings.Split(above, "\n")
	if !found || lines[0] != "c2sp.org/tlog-proof@v1" || len(lines) < 2 {
		return errors.New("it does not begin as a tlog-proof does")
	}
	tree, err := c.open([]byte(below + "\n"))
	if err != nil {
		return err
	}
	index, err := strconv.ParseInt(strings.TrimPrefix(lines[1], "index "), 10, 64)
	if err != nil {
		return err
	}
	hashes, err := parseHashes(lines[2:])
	if err != nil {
		return err
	}
	entry, err := os.ReadFile(filepath.Join(evidence, "entry"))
	if err != nil {
		return err
	}
	return tlog.CheckRecord(hashes, tree.N, tree.Hash, index, tlog.RecordHash(entry))
}

// checkGrowth shows that the log as it was is the beginning of the log as it is.
func checkGrowth(c *checker, evidence string, tree tlog.Tree) error {
	old, err := c.checkpoint(filepath.Join(evidence, "old-checkpoint"))
	if err != nil {
		return err
	}
	hashes, err := parseHashes(strings.Fields(read(evidence, "growth")))
	if err != nil {
		return err
	}
	return tlog.CheckTree(tlog.TreeProof(hashes), tree.N, tree.Hash, old.N, old.Hash)
}

// rehash makes the whole tree again from the entries alone, and compares every tile and the root with it.
//
// tlog.TileHashReader would be shorter, but before x/mod 0.40 it passes tiles over (CVE-2026-56865), and Debian 12 has
// 0.7: there it accepted two leaves that were swapped together with their hashes, in this log of 66,000 entries.
func rehash(log string, tree tlog.Tree) error {
	var hashes []tlog.Hash
	reader := tlog.HashReaderFunc(func(indexes []int64) ([]tlog.Hash, error) {
		found := make([]tlog.Hash, len(indexes))
		for place, index := range indexes {
			found[place] = hashes[index]
		}
		return found, nil
	})
	for first := int64(0); first < tree.N; first += 1 << height {
		width := tree.N - first
		if width > 1<<height {
			width = 1 << height
		}
		entries, err := readBundle(log, first>>height, int(width))
		if err != nil {
			return err
		}
		for place, entry := range entries {
			made, err := tlog.StoredHashes(first+int64(place), entry, reader)
			if err != nil {
				return err
			}
			hashes = append(hashes, made...)
		}
	}
	for _, tile := range tlog.NewTiles(height, 0, tree.N) {
		if tile.W < 1<<height && tile.N<<height+int64(tile.W) != tree.N>>(height*tile.L) {
			continue // a partial tile of an earlier size
		}
		if err := compareTile(log, tile, reader); err != nil {
			return err
		}
	}
	root, err := tlog.TreeHash(tree.N, reader)
	if err == nil && root != tree.Hash {
		err = errors.New("entries and tiles agree, but another root was signed")
	}
	return err
}

func compareTile(log string, tile tlog.Tile, reader tlog.HashReader) error {
	made, err := tlog.ReadTileData(tile, reader)
	if err != nil {
		return err
	}
	kept, err := os.ReadFile(filepath.Join(log, path(tile)))
	if err != nil {
		return err
	}
	if len(kept) != len(made) {
		return fmt.Errorf("%s has %d bytes instead of %d", path(tile), len(kept), len(made))
	}
	for place := 0; place < tile.W; place++ {
		at := place * tlog.HashSize
		if !bytes.Equal(kept[at:at+tlog.HashSize], made[at:at+tlog.HashSize]) {
			first := (tile.N<<height + int64(place)) << (height * tile.L)
			return fmt.Errorf("entry %d: %s, place %d, is not the hash of what lies below it", first, path(tile), place)
		}
	}
	return nil
}

func readBundle(log string, number int64, width int) ([][]byte, error) {
	name := path(tlog.Tile{H: height, L: -1, N: number, W: width})
	rest, err := os.ReadFile(filepath.Join(log, name))
	if err != nil {
		return nil, err
	}
	entries := make([][]byte, width)
	for place := range entries {
		if len(rest) < 2 || len(rest) < 2+int(binary.BigEndian.Uint16(rest)) {
			return nil, fmt.Errorf("%s ends after %d entries", name, place)
		}
		end := 2 + int(binary.BigEndian.Uint16(rest))
		entries[place], rest = rest[2:end], rest[end:]
	}
	if len(rest) != 0 {
		return nil, fmt.Errorf("%s goes on after %d entries", name, width)
	}
	return entries, nil
}

// path is where tlog-tiles puts a tile: Go's own paths carry the height, and say `data` for entries.
func path(tile tlog.Tile) string {
	full := strings.Replace(tile.Path(), fmt.Sprintf("tile/%d/", height), "tile/", 1)
	return strings.Replace(full, "tile/data/", "tile/entries/", 1)
}

func parseHashes(lines []string) ([]tlog.Hash, error) {
	hashes := make([]tlog.Hash, len(lines))
	for place, line := range lines {
		hash, err := tlog.ParseHash(line)
		if err != nil {
			return nil, err
		}
		hashes[place] = hash
	}
	return hashes, nil
}

// read gives a file's text without the newline at its end; a missing file is empty, which nothing below accepts.
func read(folder, name string) string {
	content, _ := os.ReadFile(filepath.Join(folder, name))
	return string(bytes.TrimSuffix(content, []byte("\n")))
}
