(* SPDX-License-Identifier: Apache-2.0 *)

(* Somebody with a telephone: joins, looks at a page of the Internet, is led to the portal's form, and fills it in. *)

open Lwt.Syntax

module Guest (Stack : Tcpip.Stack.V4V6) (Client : Cohttp_lwt.S.Client) = struct
  let show what (response, body) =
    let+ text = Cohttp_lwt.Body.to_string body in
    let headers = Cohttp.Response.headers response in
    Logs.info (fun m ->
        m "%s: %s%s, %d bytes" what
          (Cohttp.Code.string_of_status (Cohttp.Response.status response))
          (Option.fold ~none:"" ~some:(( ^ ) " to ") (Cohttp.Header.get headers "location"))
          (String.length text))

  let fetch ctx uri = Lwt.bind (Client.get ~ctx (Uri.of_string uri)) (show uri)

  let fill ctx fields =
    let body = Cohttp_lwt.Body.of_string (Uri.encoded_of_query (List.map (fun (k, v) -> (k, [ v ])) fields)) in
    Lwt.bind (Client.post ~ctx ~body ~chunked:false (Uri.of_string "http://192.168.4.1/")) (show "posted")

  let start stack ctx =
    List.iter (fun ip -> Logs.info (fun m -> m "guest %a" Ipaddr.pp ip)) (Stack.IP.get_ip (Stack.ip stack));
    let* () = fetch ctx "http://captive.example.org/generate_204" in
    let* () = fetch ctx "http://192.168.4.1/" in
    let* () = fill ctx [ ("ssid", "x"); ("passphrase", "short") ] in
    fill ctx [ ("ssid", Key_gen.type_ssid ()); ("passphrase", Key_gen.type_passphrase ()) ]
end
