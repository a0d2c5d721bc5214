#!/usr/bin/env ocaml
#use "topfind"
#require "topkg"
open Topkg

let () =
  Pkg.describe "knot" @@ fun _ -> Ok [ Pkg.mllib ~api:[ "Knot" ] "src/knot.mllib"; Pkg.mllib ~api:[] "src/knot_host.mllib"; Pkg.bin "test/tie" ]
