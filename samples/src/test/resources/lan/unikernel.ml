(* SPDX-License-Identifier: Apache-2.0 *)

(* Gives out addresses on its network, for a minute and a half. *)

open Lwt.Syntax

module Lan (Time : Mirage_time.S) (Clock : Mirage_clock.MCLOCK) (Net : Mirage_net.S) = struct
  module Served = Dhcp_server_net.Make (Clock) (Net)

  let start () () net =
    let ip = Ipaddr.V4.of_string_exn in
    let config =
      Dhcp_server.Config.make
        ~addr_tuple:(ip "10.9.0.1", Net.mac net)
        ~network:(Ipaddr.V4.Prefix.of_string_exn "10.9.0.0/24")
        ~range:(Some (ip "10.9.0.50", ip "10.9.0.60"))
        ~options:[] ()
    in
    let listening = Served.listen (Served.create config net) ~header_size:14 (fun _ -> Lwt.return_unit) in
    let+ () = Lwt.pick [ Lwt.map ignore listening; Time.sleep_ns (Duration.of_sec 90) ] in
    Logs.info (fun m -> m "closed")
end
