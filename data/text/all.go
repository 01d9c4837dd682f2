package text

import "reflect"

// All returns v with every text in its fields, lists and maps as Clean has it.
// v itself, which others may be reading, stays as it is. Keys of maps, bytes and
// unexported fields are no texts of an officer.
func All[T any](v T) T {
	in := reflect.ValueOf(&v).Elem()
	if out, changed := cleaned(in); changed {
		in.Set(out)
	}
	return v
}

// cleaned returns v, or a copy of it where a text in it was not clean.
func cleaned(v reflect.Value) (reflect.Value, bool) {
	switch v.Kind() {
	case reflect.String:
		if s := Clean(v.String()); s != v.String() {
			return reflect.ValueOf(s).Convert(v.Type()), true
		}
	case reflect.Struct:
		return cleanedParts(v, v.NumField(), reflect.Value.Field)
	case reflect.Array:
		return cleanedParts(v, v.Len(), reflect.Value.Index)
	case reflect.Slice:
		if v.Type().Elem().Kind() == reflect.Uint8 {
			return v, false
		}
		return cleanedParts(v, v.Len(), reflect.Value.Index)
	case reflect.Map:
		return cleanedMap(v)
	case reflect.Pointer, reflect.Interface:
		if v.IsNil() {
			return v, false
		}
		inner, changed := cleaned(v.Elem())
		if !changed || v.Kind() == reflect.Interface {
			return inner, changed
		}
		p := reflect.New(inner.Type())
		p.Elem().Set(inner)
		return p, true
	}
	return v, false
}

func cleanedParts(v reflect.Value, n int, part func(reflect.Value, int) reflect.Value) (reflect.Value, bool) {
	out, copied := v, false
	for i := range n {
		if !part(v, i).CanInterface() {
			continue
		}
		one, changed := cleaned(part(v, i))
		if !changed {
			continue
		}
		if !copied {
			copied = true
			if out = reflect.New(v.Type()).Elem(); v.Kind() == reflect.Slice {
				out.Set(reflect.MakeSlice(v.Type(), n, n))
				reflect.Copy(out, v)
			} else {
				out.Set(v)
			}
		}
		part(out, i).Set(one)
	}
	return out, copied
}

func cleanedMap(v reflect.Value) (reflect.Value, bool) {
	out, copied := v, false
	for at := v.MapRange(); at.Next(); {
		one, changed := cleaned(at.Value())
		if !changed {
			continue
		}
		if !copied {
			copied, out = true, reflect.MakeMap(v.Type())
			for all := v.MapRange(); all.Next(); {
				out.SetMapIndex(all.Key(), all.Value())
			}
		}
		out.SetMapIndex(at.Key(), one)
	}
	return out, copied
}
