(* SPDX-License-Identifier: Apache-2.0 *)

(* Looks up names, one after the other, and says what they are. *)

open Lwt.Syntax

module Lookup (Resolver : Resolver_lwt.S) = struct
  let look resolver name =
    let+ found = Resolver.resolve_uri ~uri:(Uri.make ~scheme:"http" ~host:name ()) resolver in
    match found with
    | `TCP (ip, _) -> Logs.info (fun m -> m "%s is %a" name Ipaddr.pp ip)
    | `Unknown why -> Logs.warn (fun m -> m "%s" why)
    | _ -> Logs.warn (fun m -> m "%s: no address" name)

  let start resolver = Lwt_list.iter_s (look resolver) (Key_gen.names ())
end
