(* SPDX-License-Identifier: Apache-2.0 *)
(* request: graph esp32 *)
open Mirage

(* Nearly every device there is, each with the optional devices it takes. *)
let stack = generic_stackv4v6 default_network
let resolver = resolver_dns ~ns:(Ipaddr.of_string_exn "1.1.1.1") ~pclock:default_posix_clock stack
let tls = conduit_direct ~tls:true ~random:default_random stack
let config = syslog_config ~port:514 ~truncate:1500 "board"

let main =
  foreign "Unikernel.Main"
    (http_client @-> http @-> http @-> syslog @-> syslog @-> kv_rw @-> kv_ro @-> kv_ro @-> arpv4 @-> ipv4v6 @-> job)

let network = netif ~group:"raw" "2"
let eth = etif network
let arp = arp ~time:default_time eth

let ipv4 =
  let config : ipv4_config = { network = Ipaddr.V4.Prefix.of_string_exn "10.1.2.3/8"; gateway = None } in
  create_ipv4 ~group:"raw" ~config ~clock:default_monotonic_clock eth arp

let ipv6 = create_ipv6 ~group:"raw" network eth

let () =
  register ~tracing:(mprof_trace ~size:4096 ())
    ~reporter:(default_reporter ~clock:default_posix_clock ~ring_size:20 ~level:Logs.Debug ())
    "services"
    [ main $ cohttp_client resolver tls $ cohttp_server tls $ httpaf_server tls
      $ syslog_udp ~config ~console:(custom_console "1") stack
      $ syslog_tls ~keyname:"mine" stack (crunch "keys")
      $ kv_rw_mem ~clock:default_posix_clock () $ archive (ramdisk "tar") $ kv_ro_of_fs (fat (block_of_file "fat"))
      $ arp $ create_ipv4v6 ~group:"raw" ipv4 ipv6 ]
