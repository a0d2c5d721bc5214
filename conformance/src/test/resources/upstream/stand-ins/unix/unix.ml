(* SPDX-License-Identifier: Apache-2.0 *)
(* There is no operating system, and no file. *)

type file_descr = Stdout | File
type open_flag = O_RDONLY | O_RDWR
type stats = { st_size : int }
type error = ENOENT

exception Unix_error of error * string * string

let stdout = Stdout
let isatty (_ : file_descr) = false
let getenv = Sys.getenv
let gettimeofday () = 0.
let time () = 0.
let sleep (_ : int) = ()
let no_file name = raise (Sys_error (name ^ ": no file"))
let openfile name (_ : open_flag list) (_ : int) : file_descr = no_file name
let stat name : stats = no_file name
let close (_ : file_descr) = ()
