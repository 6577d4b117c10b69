package tables

import (
	"archive/zip"
	"bufio"
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strconv"
	"strings"
)

// array is one of NumPy's: its shape, and numbers or texts in the order of the file.
type array struct {
	header  string
	numbers []float64
	texts   []string
}

var numpyHeader = regexp.MustCompile(`^\{'descr': '[<|](..*?)', 'fortran_order': (True|False), 'shape': \(([\d, ]*)\), \} *\n$`)

func readNpz(data []byte) (map[string]array, error) {
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return nil, err
	}
	arrays := map[string]array{}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			return nil, err
		}
		content, err := io.ReadAll(r)
		if err != nil {
			return nil, err
		}
		name, isArray := strings.CutSuffix(f.Name, ".npy")
		if !isArray {
			return nil, fmt.Errorf("%s is no array", f.Name)
		}
		if arrays[name], err = readNpy(content); err != nil {
			return nil, fmt.Errorf("%s: %w", f.Name, err)
		}
	}
	return arrays, nil
}

func readNpy(data []byte) (a array, err error) {
	if !bytes.HasPrefix(data, []byte("\x93NUMPY\x01\x00")) {
		return a, errors.New("it does not begin as an array")
	}
	end := 10 + int(binary.LittleEndian.Uint16(data[8:]))
	parts := numpyHeader.FindStringSubmatch(string(data[10:end]))
	if parts == nil || end%64 != 0 {
		return a, fmt.Errorf("its header is %q", data[10:end])
	}
	a.header = strings.Join(parts[1:], " ")
	r := bufio.NewReader(bytes.NewReader(data[end:]))
	for {
		var err error
		switch kind := parts[1]; kind {
		case "f4":
			var x float32
			err = binary.Read(r, binary.LittleEndian, &x)
			a.numbers = append(a.numbers, float64(x))
		case "f8":
			var x float64
			err = binary.Read(r, binary.LittleEndian, &x)
			a.numbers = append(a.numbers, x)
		case "u1":
			var x uint8
			err = binary.Read(r, binary.LittleEndian, &x)
			a.numbers = append(a.numbers, float64(x))
		case "i8":
			var x int64
			err = binary.Read(r, binary.LittleEndian, &x)
			a.numbers = append(a.numbers, float64(x))
		default:
			width, _ := strconv.Atoi(kind[1:])
			item := make([]rune, width)
			err = binary.Read(r, binary.LittleEndian, item)
			a.texts = append(a.texts, strings.TrimRight(string(item), "\x00"))
		}
		if err != nil {
			a.numbers, a.texts = a.numbers[:max(0, len(a.numbers)-1)], a.texts[:max(0, len(a.texts)-1)]
			if errors.Is(err, io.EOF) {
				return a, nil
			}
			return a, err
		}
	}
}
