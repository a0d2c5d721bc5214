(* SPDX-License-Identifier: Apache-2.0 *)

module Key = Functoria_key

module Arg = struct
  include Functoria_arg

  let runtime = "Mirage_runtime.Arg."

  let ip name ocaml_module of_string to_string expected =
    let parse s =
      match of_string s with
      | Ok v -> `Ok v
      | Error (`Msg _) -> `Error (Printf.sprintf "invalid value '%s', expected %s" s expected)
    in
    { conv = (parse, fun ppf v -> Fmt.string ppf (to_string v));
      serialize = (fun ppf v -> Fmt.pf ppf "(%s.of_string_exn %S)" ocaml_module (to_string v));
      runtime_conv = "Mirage_runtime_ipaddr." ^ name }

  let ipv4_address =
    ip "ipv4_address" "Ipaddr.V4" Ipaddr.V4.of_string Ipaddr.V4.to_string "an IPv4 address, like 10.0.0.2"

  let ipv4 =
    ip "ipv4" "Ipaddr.V4.Prefix" Ipaddr.V4.Prefix.of_string Ipaddr.V4.Prefix.to_string
      "an IPv4 address and prefix length, like 10.0.0.2/24"

  let ipv6_address =
    ip "ipv6_address" "Ipaddr.V6" Ipaddr.V6.of_string Ipaddr.V6.to_string "an IPv6 address, like fe80::1"

  let ipv6 =
    ip "ipv6" "Ipaddr.V6.Prefix" Ipaddr.V6.Prefix.of_string Ipaddr.V6.Prefix.to_string
      "an IPv6 address and prefix length, like fe80::1/64"

  let ip_address =
    ip "ip_address" "Ipaddr" Ipaddr.of_string Ipaddr.to_string
      "an IP address, like 10.0.0.2 or fe80::1"
end

let mirage_section = "MIRAGE PARAMETERS"
let unikernel_section = "UNIKERNEL PARAMETERS"
let ocaml_section = "OCAML RUNTIME PARAMETERS"

type mode_unix = [ `Unix | `MacOSX ]
type mode_xen = [ `Xen | `Qubes ]
type mode_solo5 = [ `Hvt | `Spt | `Virtio | `Muen | `Genode ]
type mode_esp32 = [ `Esp32 ]
type mode = [ mode_unix | mode_xen | mode_solo5 | mode_esp32 ]

let modes : (string * mode) list =
  [ ("esp32", `Esp32); ("unix", `Unix); ("macosx", `MacOSX); ("xen", `Xen); ("qubes", `Qubes);
    ("virtio", `Virtio); ("hvt", `Hvt); ("muen", `Muen); ("genode", `Genode); ("spt", `Spt) ]

let pp_target ppf mode = Fmt.string ppf (fst (List.find (fun (_, m) -> m = mode) modes))

let target_conv : mode Cmdliner.Arg.conv =
  let expected = "expected either 'esp32' or 'unix'" in
  let parse s =
    match List.assoc_opt s modes with
    | Some ((`Esp32 | `Unix) as mode) -> `Ok mode
    | Some _ ->
        `Error (Printf.sprintf "target '%s' exists in MirageOS but not in this tool, %s" s expected)
    | None -> `Error (Printf.sprintf "invalid value '%s', %s" s expected)
  in
  (parse, pp_target)

(* Programs match Key_gen.target () against a closed set that has no esp32. *)
let target_constructor = function
  | `Esp32 | `Unix -> "`Unix"
  | `MacOSX -> "`MacOSX"
  | `Xen -> "`Xen"
  | `Qubes -> "`Qubes"
  | `Virtio -> "`Virtio"
  | `Hvt -> "`Hvt"
  | `Muen -> "`Muen"
  | `Genode -> "`Genode"
  | `Spt -> "`Spt"

let target =
  let serialize ppf mode = Fmt.string ppf (target_constructor mode) in
  let conv = Arg.conv ~conv:target_conv ~serialize ~runtime_conv:"target" in
  let doc = "What to build for: esp32 or unix." in
  let info = Arg.info ~docs:mirage_section ~docv:"TARGET" ~doc ~env:"MODE" [ "t"; "target" ] in
  Key.create "target" (Arg.opt ~stage:`Configure conv `Unix info)

let is predicate = Key.map predicate (Key.value target)
let is_unix = is (function #mode_unix -> true | _ -> false)
let is_solo5 = is (function #mode_solo5 -> true | _ -> false)
let is_xen = is (function #mode_xen -> true | _ -> false)
let is_esp32 = is (function #mode_esp32 -> true | _ -> false)

let flag name options ~docv ~doc =
  Key.create name (Arg.flag ~stage:`Configure (Arg.info ~docs:mirage_section ~docv ~doc options))

let warn_error =
  flag "warn_error" [ "warn-error" ] ~docv:"BOOL" ~doc:"Make warnings of the OCaml compiler errors."

let target_debug = flag "target_debug" [ "g" ] ~docv:"DEBUG" ~doc:"Support debugging on the target."
let no_depext = flag "no_depext" [ "no-depext" ] ~docv:"BOOL" ~doc:"Accepted for old scripts, without effect."

let tracing_size default =
  let info =
    Arg.info ~docs:mirage_section ~docv:"SIZE" ~doc:"Size of the trace buffer in bytes." [ "tracing-size" ]
  in
  Key.create "tracing_size" (Arg.opt ~stage:`Configure Arg.int default info)

(* OCaml's runtime *)

let ocaml name conv default ~docv ~doc =
  Key.create name (Arg.opt conv default (Arg.info ~docs:ocaml_section ~docv ~doc [ name ]))

let backtrace =
  ocaml "backtrace" Arg.bool true ~docv:"BOOL" ~doc:"Show a backtrace with an uncaught exception."

let randomize_hashtables =
  ocaml "randomize-hashtables" Arg.bool true ~docv:"BOOL" ~doc:"Randomize all hash tables."

let allocation_policy =
  let cases = [ ("next-fit", `Next_fit); ("first-fit", `First_fit); ("best-fit", `Best_fit) ] in
  let ocaml_value = function
    | `Next_fit -> "`Next_fit"
    | `First_fit -> "`First_fit"
    | `Best_fit -> "`Best_fit"
  in
  let conv = Arg.enum cases ~ocaml:ocaml_value ~runtime_conv:(Arg.runtime ^ "allocation_policy") in
  ocaml "allocation-policy" conv `Next_fit ~docv:"ALLOCATION"
    ~doc:"How the major heap finds free memory: next-fit, first-fit or best-fit."

let gc name ~docv ~doc = ocaml name (Arg.some Arg.int) None ~docv ~doc
let minor_heap_size = gc "minor-heap-size" ~docv:"WORDS" ~doc:"Size of the minor heap in words."

let major_heap_increment =
  gc "major-heap-increment" ~docv:"INCREMENT"
    ~doc:"By how much the major heap grows: percent up to 1000, words above."

let space_overhead =
  gc "space-overhead" ~docv:"PERCENT" ~doc:"Memory the major GC may waste, in percent of live data."

let max_space_overhead =
  gc "max-space-overhead" ~docv:"PERCENT"
    ~doc:"Free memory that starts a compaction, in percent of live data; 1000000 and more: never."

let gc_verbosity = gc "gc-verbosity" ~docv:"FLAGS" ~doc:"Messages of the GC, a sum of the flags in module Gc."
let gc_window_size = gc "gc-window-size" ~docv:"SIZE" ~doc:"Slices the major GC smooths over, 1 to 50."

let custom_major_ratio =
  gc "custom-major-ratio" ~docv:"PERCENT" ~doc:"Floating garbage outside the heap, of the major heap's size."

let custom_minor_ratio =
  gc "custom-minor-ratio" ~docv:"PERCENT" ~doc:"Floating garbage outside the heap, for the minor heap."

let custom_minor_max_size =
  gc "custom-minor-max-size" ~docv:"BYTES"
    ~doc:"Largest memory outside the heap of a custom value in the minor heap."

(* Devices *)

let of_group = function None | Some "" -> "the unikernel" | Some g -> "the " ^ g ^ " group"

let simple ?group ?stage ~doc ~default conv name =
  let name = match group with None | Some "" -> name | Some g -> g ^ "-" ^ name in
  let docv = String.uppercase_ascii name in
  let info = Arg.info ~docs:unikernel_section ~docv ~doc:(doc ^ ".") [ name ] in
  Key.create name (Arg.opt ?stage conv default info)

let kv_ro ?group () =
  let cases = [ ("fat", `Fat); ("archive", `Archive); ("crunch", `Crunch); ("direct", `Direct) ] in
  let ocaml = function
    | `Fat -> "`Fat"
    | `Archive -> "`Archive"
    | `Crunch -> "`Crunch"
    | `Direct -> "`Direct"
  in
  simple ?group ~stage:`Configure ~default:`Crunch
    (Arg.enum cases ~ocaml ~runtime_conv:"kv_ro")
    "kv_ro"
    ~doc:("Where the files of " ^ of_group group ^ " are: fat, archive, crunch (in the program) or direct")

let block ?group () =
  let cases = [ ("xenstore", `XenstoreId); ("file", `BlockFile); ("ramdisk", `Ramdisk) ] in
  let ocaml = function
    | `XenstoreId -> "`XenstoreId"
    | `BlockFile -> "`BlockFile"
    | `Ramdisk -> "`Ramdisk"
  in
  simple ?group ~stage:`Configure ~default:`Ramdisk
    (Arg.enum cases ~ocaml ~runtime_conv:"block")
    "block"
    ~doc:("The block device of " ^ of_group group ^ ": ramdisk, file or xenstore")

let prng =
  let cases = [ ("stdlib", `Stdlib); ("nocrypto", `Nocrypto); ("fortuna", `Nocrypto) ] in
  let ocaml = function `Stdlib -> "`Stdlib" | `Nocrypto -> "`Nocrypto" in
  simple ~stage:`Configure ~default:`Stdlib
    (Arg.enum cases ~ocaml ~runtime_conv:"prng")
    "prng" ~doc:"Accepted for old scripts, without effect"

let dhcp ?group () =
  simple ?group ~stage:`Configure ~default:false Arg.bool "dhcp"
    ~doc:("Ask a DHCP server for the address of " ^ of_group group)

let net ?group () =
  let cases = [ ("socket", `Socket); ("direct", `Direct) ] in
  let ocaml = function `Socket -> "`Socket" | `Direct -> "`Direct" in
  simple ?group ~stage:`Configure ~default:None
    Arg.(some (enum cases ~ocaml ~runtime_conv:"net"))
    "net"
    ~doc:("The network stack of " ^ of_group group ^ ": socket or direct")

let interface ?group default =
  simple ?group ~default Arg.string "interface" ~doc:("The network interface of " ^ of_group group)

let network_kind ?group () =
  let cases = [ ("ethernet", `Ethernet); ("wifi", `Wifi) ] in
  let ocaml = function `Ethernet -> "`Ethernet" | `Wifi -> "`Wifi" in
  simple ?group ~stage:`Configure ~default:`Ethernet
    (Arg.enum cases ~ocaml ~runtime_conv:"network")
    "network"
    ~doc:("What carries the network of " ^ of_group group ^ " on esp32: ethernet or wifi")

let wifi_mode ?group () =
  let cases = [ ("station", `Station); ("ap", `Ap); ("none", `None) ] in
  let ocaml = function `Station -> "`Station" | `Ap -> "`Ap" | `None -> "`None" in
  simple ?group ~stage:`Configure ~default:`Station
    (Arg.enum cases ~ocaml ~runtime_conv:"wifi_mode")
    "wifi-mode"
    ~doc:
      ("What the WiFi of " ^ of_group group
     ^ " is at first: station (joins a network), ap (is the access point of one) or none")

(* Of one board, not of all that run the program: given at boot alone, so that no file of the build has them. *)
let of_board ?group name ~doc = simple ?group ~stage:`Run ~default:"" Arg.string name ~doc

let ssid ?group () =
  of_board ?group "ssid" ~doc:("The WiFi network of " ^ of_group group ^ ", a name of 1 to 32 bytes")

let passphrase ?group () =
  of_board ?group "passphrase"
    ~doc:
      ("The WPA2 passphrase of the WiFi network of " ^ of_group group
     ^ ", of 8 to 63 characters; without one the network is open")

module V4 = struct
  let network ?group default =
    simple ?group ~default Arg.ipv4 "ipv4"
      ~doc:("The IPv4 address and prefix length of " ^ of_group group ^ ", like 192.168.0.1/16")

  let gateway ?group default =
    simple ?group ~default
      Arg.(some ipv4_address)
      "ipv4-gateway"
      ~doc:("The IPv4 gateway of " ^ of_group group)
end

module V6 = struct
  let network ?group default =
    simple ?group ~default
      Arg.(some ipv6)
      "ipv6"
      ~doc:("The IPv6 address and prefix length of " ^ of_group group)

  let gateway ?group default =
    simple ?group ~default
      Arg.(some ipv6_address)
      "ipv6-gateway"
      ~doc:("The IPv6 gateway of " ^ of_group group)

  let accept_router_advertisements ?group () =
    simple ?group ~default:true Arg.bool "accept-router-advertisements"
      ~doc:("Accept IPv6 router advertisements for " ^ of_group group)
end

let ipv4_only ?group () =
  simple ?group ~default:false Arg.bool "ipv4-only" ~doc:("Use IPv4 only for " ^ of_group group)

let ipv6_only ?group () =
  simple ?group ~default:false Arg.bool "ipv6-only" ~doc:("Use IPv6 only for " ^ of_group group)

let resolver ?default () = simple ~default Arg.(some ip_address) "resolver" ~doc:"The DNS resolver"

let resolver_port ?(default = 53) () =
  simple ~default Arg.int "resolver-port" ~doc:"The port of the DNS resolver"

let weak_random =
  simple ~default:false Arg.bool "weak-random"
    ~doc:"Make keys of random numbers that no noise feeds, as those of the chip without its radio: they can be guessed"

let syslog default = simple ~default Arg.(some ip_address) "syslog" ~doc:"The syslog server"

let syslog_port default =
  simple ~default Arg.(some int) "syslog-port" ~doc:"The port of the syslog server"

let hostname ?group default =
  simple ?group ~default Arg.string "hostname"
    ~doc:("The name of " ^ of_group group ^ " in .local, which multicast DNS answers; an empty one is none")

let syslog_hostname default =
  simple ~default Arg.string "syslog-hostname" ~doc:"The name to report to the syslog server"

(* Logs *)

let levels =
  [ ("error", Logs.Error); ("warning", Logs.Warning); ("info", Logs.Info); ("debug", Logs.Debug) ]

let threshold_of_string s =
  let source, level =
    match String.rindex_opt s ':' with
    | None -> ("*", s)
    | Some i -> (String.sub s 0 i, String.sub s (i + 1) (String.length s - i - 1))
  in
  match List.assoc_opt level levels with
  | Some level -> `Ok ((if source = "*" then `All else `Src source), level)
  | None ->
      `Error
        (Printf.sprintf "invalid value '%s', expected LEVEL or SOURCE:LEVEL with one of the levels %s" s
           (String.concat ", " (List.map fst levels)))

let threshold : _ Arg.converter =
  let level_name level = fst (List.find (fun (_, l) -> l = level) levels) in
  let print ppf = function
    | `All, level -> Fmt.string ppf (level_name level)
    | `Src s, level -> Fmt.pf ppf "%s:%s" s (level_name level)
  in
  let serialize ppf (source, level) =
    let source = match source with `All -> "`All" | `Src s -> Printf.sprintf "`Src %S" s in
    Fmt.pf ppf "(%s, Logs.%s)" source (String.capitalize_ascii (level_name level))
  in
  Arg.conv ~conv:(threshold_of_string, print) ~serialize ~runtime_conv:(Arg.runtime ^ "log_threshold")

let logs =
  let doc =
    "What is logged: a list like *:info,foo:debug, the threshold of all sources and of the source foo."
  in
  let option = Arg.info ~env:"MIRAGE_LOGS" ~docv:"LEVEL" ~doc ~docs:unikernel_section [ "l"; "logs" ] in
  Key.create "logs" Arg.(opt (list threshold) [] option)

include (Key : Functoria.KEY with module Arg := Functoria_key.Arg)
