(* SPDX-License-Identifier: Apache-2.0 *)

module Trace = struct
  let label _ = ()
  let named_wait _ = Lwt.wait ()
  let named_task _ = Lwt.task ()
  let named_condition _ = Lwt_condition.create ()
  let named_mvar_empty _ = Lwt_mvar.create_empty ()
  let named_mvar _ value = Lwt_mvar.create value
  let should_resolve _ = ()
end

module Counter = struct
  type t = int ref

  let create ?(init = 0) ~name:_ () = ref init
  let make ~name = create ~name ()
  let increase t n = t := !t + n
  let set_value t n = t := n
  let value t = !t
end
