// Package hashlib is the module hashlib: md5, sha1, the families sha2 and sha3, by Go's crypto packages.
//
//	new, md5, sha1, sha224, sha256, sha384, sha512, sha3_256 ...
//	pbkdf2_hmac, file_digest, algorithms_guaranteed, algorithms_available
package hashlib

import (
	"crypto/md5"
	"crypto/pbkdf2"
	"crypto/sha1"
	"crypto/sha256"
	"crypto/sha3"
	"crypto/sha512"
	_ "embed"
	"encoding"
	"encoding/hex"
	"hash"
	"strings"
	"sync"

	"aio/interp"
)

//go:embed hashlib.aio
var source string

// Module is the module hashlib.
var Module = &interp.ModuleDef{
	Name: "hashlib",
	Doc:  "hashlib module - A common interface to many hash functions.",
	Funcs: []interp.Builtin{
		{Sig: "_new(name, data=b'', /)", Doc: "Return a new hash object.", Fn: newHash},
		{Sig: "_pbkdf2(hash_name, password, salt, iterations, dklen, /)", Doc: "Password based key derivation function 2 (PKCS #5 v2.0) with HMAC as pseudorandom function.", Fn: derive},
	},
	Init:   func(*interp.Thread, *interp.Module) *interp.Exc { setup(); return nil },
	Source: source,
}

// algorithms is the table of hash functions.
var algorithms = map[string]func() hash.Hash{
	"md5": md5.New, "sha1": sha1.New, "sha224": sha256.New224, "sha256": sha256.New, "sha384": sha512.New384, "sha512": sha512.New,
	"sha3_224": func() hash.Hash { return sha3.New224() }, "sha3_256": func() hash.Hash { return sha3.New256() },
	"sha3_384": func() hash.Hash { return sha3.New384() }, "sha3_512": func() hash.Hash { return sha3.New512() },
}

// state is a hash under way.
type state struct {
	name string
	hash hash.Hash
}

var hashType = interp.NewLibraryType("_hashlib", "HASH", nil)

var setup = sync.OnceFunc(func() {
	hashType.Doc = "A hash is an object used to calculate a checksum of a string of information."
	hashType.Setup(&interp.Protocol{Repr: func(_ *interp.Thread, v interp.Value) (string, *interp.Exc) {
		return "<" + of(v).name + " _hashlib.HASH object @ " + interp.AddressText(v) + ">", nil
	}}, []interp.Builtin{
		{Sig: "update(obj, /)", Doc: "Update this hash object's state with the provided string.", Fn: update},
		{Sig: "digest()", Doc: "Return the digest value as a bytes object.", Fn: func(_ *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
			return interp.MkBytes(of(a[0]).hash.Sum(nil)), nil
		}},
		{Sig: "hexdigest()", Doc: "Return the digest value as a string of hexadecimal digits.", Fn: func(_ *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
			return interp.MkStr(hex.EncodeToString(of(a[0]).hash.Sum(nil))), nil
		}},
		{Sig: "copy()", Doc: "Return a copy of the hash object.", Fn: copyHash},
	}, []interp.GetSet{
		{Name: "name", Get: func(_ *interp.Thread, v interp.Value) (interp.Value, *interp.Exc) {
			return interp.MkStr(of(v).name), nil
		}},
		{Name: "digest_size", Get: func(_ *interp.Thread, v interp.Value) (interp.Value, *interp.Exc) {
			return interp.MkInt(int64(of(v).hash.Size())), nil
		}},
		{Name: "block_size", Get: func(_ *interp.Thread, v interp.Value) (interp.Value, *interp.Exc) {
			return interp.MkInt(int64(of(v).hash.BlockSize())), nil
		}},
	})
})

func of(v interp.Value) *state {
	s, _ := interp.NativeData[*state](v)
	return s
}

func buffer(v interp.Value) ([]byte, *interp.Exc) {
	if _, isStr := interp.StrOf(v); isStr {
		return nil, interp.TypeErrorf("Strings must be encoded before hashing")
	}
	b, ok := interp.BufferOf(v)
	if !ok {
		return nil, interp.TypeErrorf("object supporting the buffer API required")
	}
	return b, nil
}

func algorithm(v interp.Value) (string, func() hash.Hash, *interp.Exc) {
	name, ok := interp.StrOf(v)
	if !ok {
		return "", nil, interp.TypeErrorf("name must be a string")
	}
	name = strings.ReplaceAll(strings.ToLower(name), "-", "_")
	for _, short := range []string{"sha_1", "sha_224", "sha_256", "sha_384", "sha_512"} {
		if name == short {
			name = strings.ReplaceAll(name, "_", "")
		}
	}
	make := algorithms[name]
	if make == nil {
		given, _ := interp.StrOf(v)
		return "", nil, interp.ValueErrorf("unsupported hash type %s", given)
	}
	return name, make, nil
}

func newHash(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
	name, make, err := algorithm(a[0])
	if err != nil {
		return interp.Value{}, err
	}
	v := interp.NewNative(hashType, &state{name, make()})
	if a[1].IsUnbound() {
		return v, nil
	}
	_, err = update(th, []interp.Value{v, a[1]})
	return v, err
}

func update(_ *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
	b, err := buffer(a[1])
	if err == nil {
		of(a[0]).hash.Write(b)
	}
	return interp.None, err
}

func copyHash(_ *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
	s := of(a[0])
	saved, bad := s.hash.(encoding.BinaryMarshaler).MarshalBinary()
	h := algorithms[s.name]()
	if bad == nil {
		bad = h.(encoding.BinaryUnmarshaler).UnmarshalBinary(saved)
	}
	if bad != nil {
		return interp.Value{}, interp.RuntimeErrorf("%s", bad)
	}
	return interp.NewNative(hashType, &state{s.name, h}), nil
}

func derive(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
	_, make, err := algorithm(a[0])
	if err != nil {
		return interp.Value{}, err
	}
	password, err := buffer(a[1])
	if err != nil {
		return interp.Value{}, err
	}
	salt, err := buffer(a[2])
	if err != nil {
		return interp.Value{}, err
	}
	iterations, err := th.IndexInt(a[3])
	if err != nil {
		return interp.Value{}, err
	}
	size := make().Size()
	if !a[4].IsNone() {
		if size, err = th.IndexInt(a[4]); err != nil {
			return interp.Value{}, err
		}
	}
	key, bad := pbkdf2.Key(make, string(password), salt, iterations, size)
	if bad != nil {
		return interp.Value{}, interp.ValueErrorf("%s", bad)
	}
	return interp.MkBytes(key), nil
}
