package unpack

import (
	"errors"
	"fmt"
)

// Limits bound what one file may hold. The zero value of each stands for the default.
type Limits struct {
	// Member is the largest file inside, in bytes as unpacked. Default: 64 GiB.
	Member int64
	// Total is what all of it may unpack to, with what is packed twice counted twice.
	// Default: 256 GiB.
	Total int64
	// Ratio is the number of bytes that one packed byte may unpack to, which holds for
	// what unpacks to more than Grace. Default: 200. Texts reach 3 to 10, and logs 50;
	// bombs live on the 1,000 of gzip and the 30,000 of zstd.
	Ratio int64
	// Grace is how far anything may unpack, in bytes, whatever the ratio. Default: 64 MiB.
	Grace int64
	// Members is the largest number of files inside. Default: 10 million.
	Members int
	// Depth is how many containers may lie in each other; a .tar.gz is two. Default: 6.
	Depth int
	// Memory is the largest zip, in bytes, that comes as a stream, or inside another
	// container, and so must be held in memory: its list of files is at its end.
	// Default: 1 GiB.
	Memory int64
}

// withDefaults puts the defaults in the place of zeros.
func (l Limits) withDefaults() Limits {
	set := func(n *int64, to int64) {
		if *n <= 0 {
			*n = to
		}
	}
	set(&l.Member, 64<<30)
	set(&l.Total, 256<<30)
	set(&l.Ratio, 200)
	set(&l.Grace, 64<<20)
	set(&l.Memory, 1<<30)
	if l.Members <= 0 {
		l.Members = 10_000_000
	}
	if l.Depth <= 0 {
		l.Depth = 6
	}
	return l
}

// What may be wrong with a member, beside the faults of reading.
var (
	// ErrLimit is wrapped by the errors that name a limit.
	ErrLimit = errors.New("over a limit")
	// ErrEncrypted says that a password is needed.
	ErrEncrypted = errors.New("encrypted; unpack it with its password, and name the folder")
	// ErrHidden is the fault of a hidden file, or of a hidden folder with all that is in it.
	ErrHidden = errors.New("hidden")
	// ErrSpecial is the fault of a link or a device.
	ErrSpecial = errors.New("a link or a device in an archive")
	// ErrEmpty is the fault of an archive without a file.
	ErrEmpty = errors.New("an archive without a file in it")
)

// limitError is an error that is ErrLimit and says more.
type limitError string

func (e limitError) Error() string        { return string(e) }
func (e limitError) Is(target error) bool { return target == ErrLimit }

const trusted = "; if you trust it, unpack it, and name the folder"

// over tells by which limit n bytes unpacked out of packed bytes are too much.
func (l *Limits) over(n, packed int64) error {
	switch {
	case n > l.Member:
		return limitError("unpacks to more than " + size(l.Member) + ", the limit for one file in an archive" + trusted)
	case n > l.Grace && n/l.Ratio > packed:
		return limitError(fmt.Sprintf("unpacks to more than %d times its size, as a bomb does%s", l.Ratio, trusted))
	}
	return nil
}

// overall tells by which limit a whole archive is too much.
func (l *Limits) overall(total, packed int64) error {
	switch {
	case total > l.Total:
		return limitError("the archive unpacks to more than " + size(l.Total) + ", the limit" + trusted)
	case total > l.Grace && total/l.Ratio > packed:
		return limitError(fmt.Sprintf("the archive unpacks to more than %d times its size, as a bomb does%s", l.Ratio, trusted))
	}
	return nil
}

// size writes a number of bytes.
func size(n int64) string {
	for _, unit := range []struct {
		bytes int64
		name  string
	}{{1 << 30, "GiB"}, {1 << 20, "MiB"}, {1 << 10, "KiB"}} {
		if n >= unit.bytes && n%unit.bytes == 0 {
			return fmt.Sprintf("%d %s", n/unit.bytes, unit.name)
		}
	}
	return fmt.Sprintf("%d bytes", n)
}
