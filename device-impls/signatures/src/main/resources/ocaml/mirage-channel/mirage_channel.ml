(* SPDX-License-Identifier: Apache-2.0 *)

module type S = sig
  type error

  val pp_error : Format.formatter -> error -> unit

  type write_error = private [> Mirage_flow.write_error ]

  val pp_write_error : Format.formatter -> write_error -> unit

  type flow
  type t

  val create : flow -> t

  val to_flow : t -> flow

  val read_char : t -> (char Mirage_flow.or_eof, error) result Lwt.t

  val read_some : ?len:int -> t -> (Cstruct.t Mirage_flow.or_eof, error) result Lwt.t

  val read_exactly : len:int -> t -> (Cstruct.t list Mirage_flow.or_eof, error) result Lwt.t

  val read_line : ?len:int -> t -> (Cstruct.t list Mirage_flow.or_eof, error) result Lwt.t

  val write_char : t -> char -> unit
  val write_string : t -> string -> int -> int -> unit

  val write_buffer : t -> Cstruct.t -> unit

  val write_line : t -> string -> unit

  val flush : t -> (unit, write_error) result Lwt.t

  val close : t -> (unit, write_error) result Lwt.t
  end

module Make (F : Mirage_flow.S) = struct
  type error = F.error

  let pp_error = F.pp_error

  type write_error = F.write_error

  let pp_write_error = F.pp_write_error

  type flow = F.flow

  type t = {
    flow : flow;
    mutable input : Cstruct.t;  (** read from the flow, not yet taken *)
    mutable output : Cstruct.t list;  (** to be written, last first *)
  }

  let create flow = { flow; input = Cstruct.empty; output = [] }
  let to_flow t = t.flow

  (* Input *)

  let take t n =
    let front, rest = Cstruct.split t.input n in
    t.input <- rest;
    front

  (* Calls [f] with input there, or gives back the end of it. *)
  let rec with_input t f =
    if Cstruct.length t.input > 0 then f ()
    else
      Lwt.bind (F.read t.flow) (function
        | Ok (`Data data) ->
            t.input <- data;
            with_input t f
        | (Ok `Eof | Error _) as ended -> Lwt.return ended)

  let data x = Lwt.return (Ok (`Data x))

  let read_some ?len t =
    with_input t (fun () ->
        let there = Cstruct.length t.input in
        data (take t (match len with None -> there | Some len -> min len there)))

  let read_char t = with_input t (fun () -> data (Cstruct.get_char (take t 1) 0))

  let read_exactly ~len t =
    let rec collect parts missing =
      if missing = 0 then data (List.rev parts)
      else
        with_input t (fun () ->
            let part = take t (min missing (Cstruct.length t.input)) in
            collect (part :: parts) (missing - Cstruct.length part))
    in
    collect [] len

  let index buffer char length =
    let rec look i =
      if i = length then None else if Cstruct.get_char buffer i = char then Some i else look (i + 1)
    in
    look 0

  (* The parts of a line without its carriage return, which may be a part of its own. *)
  let strip_cr = function
    | last :: parts when Cstruct.length last > 0 ->
        let n = Cstruct.length last - 1 in
        if Cstruct.get_char last n = '\r' then Cstruct.sub last 0 n :: parts else last :: parts
    | parts -> parts

  let line parts = List.rev (List.filter (fun part -> Cstruct.length part > 0) parts)

  let read_line ?(len = max_int) t =
    let rec collect parts missing =
      if missing = 0 then data (line parts)
      else
        Lwt.bind
          (with_input t (fun () ->
               let there = min missing (Cstruct.length t.input) in
               match index t.input '\n' there with
               | Some i ->
                   let part = take t i in
                   ignore (take t 1);
                   data (true, part)
               | None -> data (false, take t there)))
          (function
            | Ok (`Data (true, part)) ->
                let parts = List.filter (fun p -> Cstruct.length p > 0) (part :: parts) in
                data (line (strip_cr parts))
            | Ok (`Data (false, part)) -> collect (part :: parts) (missing - Cstruct.length part)
            | Ok `Eof when parts <> [] -> data (line parts)
            | Ok `Eof -> Lwt.return (Ok `Eof)
            | Error e -> Lwt.return (Error e))
    in
    collect [] len

  (* Output *)

  let write_buffer t buffer = t.output <- buffer :: t.output
  let write_string t s off len = write_buffer t (Cstruct.of_string ~off ~len s)
  let write_char t char = write_string t (String.make 1 char) 0 1

  let write_line t s =
    let s = s ^ "\n" in
    write_string t s 0 (String.length s)

  let flush t =
    let buffers = List.rev t.output in
    t.output <- [];
    if buffers = [] then Lwt.return (Ok ()) else F.writev t.flow buffers

  let close t =
    Lwt.bind (flush t) (fun result -> Lwt.map (fun () -> result) (F.close t.flow))
end
