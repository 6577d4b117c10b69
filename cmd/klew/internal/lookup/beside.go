package lookup

import "klew/topics"

// Older is the model with which another is compared, and what it is called; nil if none is
// named.
func Older(path string) (older *topics.Model, name string, err error) {
	if path == "" {
		return nil, "", nil
	}
	older, err = Model(path)
	return older, NameOf(path), err
}
