// Package colorsys is the module colorsys: colours as RGB, YIQ, HLS and HSV. It is written in the language.
//
//	rgb_to_yiq, yiq_to_rgb, rgb_to_hls, hls_to_rgb, rgb_to_hsv, hsv_to_rgb
package colorsys

import (
	_ "embed"

	"aio/interp"
)

//go:embed colorsys.aio
var source string

// Module is the module colorsys.
var Module = &interp.ModuleDef{Name: "colorsys", Doc: "Conversion functions between RGB and other color systems.", Source: source}
