(* SPDX-License-Identifier: Apache-2.0 *)

module Key = Mirage_kv.Key
module Names = Map.Make (String)

type time = int * int64
type node = Value of string * time | Dictionary of node Names.t * time

module Make (Clock : Mirage_clock.PCLOCK) = struct
  type t = { mutable root : node }
  type key = Key.t
  type error = Mirage_kv.error

  let pp_error = Mirage_kv.pp_error

  type write_error = Mirage_kv.write_error

  let pp_write_error = Mirage_kv.pp_write_error
  let connect () = Lwt.return { root = Dictionary (Names.empty, Clock.now_d_ps ()) }
  let disconnect _ = Lwt.return_unit

  let find t key =
    let rec walk node = function
      | [] -> Some node
      | segment :: rest -> (
          match node with
          | Value _ -> None
          | Dictionary (names, _) ->
              Option.bind (Names.find_opt segment names) (fun node -> walk node rest))
    in
    walk t.root (Key.segments key)

  let kind = function Value _ -> `Value | Dictionary _ -> `Dictionary
  let exists t key = Lwt.return (Ok (Option.map kind (find t key)))

  let with_node t key f =
    Lwt.return (match find t key with None -> Error (`Not_found key) | Some node -> f node)

  let get t key =
    with_node t key (function
      | Value (value, _) -> Ok value
      | Dictionary _ -> Error (`Value_expected key))

  let list t key =
    with_node t key (function
      | Value _ -> Error (`Dictionary_expected key)
      | Dictionary (names, _) ->
          Ok (List.map (fun (name, node) -> (name, kind node)) (Names.bindings names)))

  let last_modified t key =
    with_node t key (function Value (_, time) | Dictionary (_, time) -> Ok time)

  let rec digest_of = function
    | Value (value, _) -> Digest.string value
    | Dictionary (names, _) ->
        let add name node all = all ^ name ^ "/" ^ digest_of node in
        Digest.string (Names.fold add names "")

  let digest t key = with_node t key (fun node -> Ok (digest_of node))

  (* The tree with [change] applied at the key's place; every dictionary on the way is of [now]. *)
  let update t key change =
    let now = Clock.now_d_ps () in
    let rec walk place node = function
      | [] -> change now node
      | segment :: rest -> (
          let place = Key.add place segment in
          let below names =
            match walk place (Names.find_opt segment names) rest with
            | Error _ as e -> e
            | Ok None -> Ok (Some (Dictionary (Names.remove segment names, now)))
            | Ok (Some node) -> Ok (Some (Dictionary (Names.add segment node names, now)))
          in
          match node with
          | None -> below Names.empty
          | Some (Dictionary (names, _)) -> below names
          | Some (Value _) -> Error (`Dictionary_expected (Key.parent place)))
    in
    match walk Key.empty (Some t.root) (Key.segments key) with
    | Error _ as e -> e
    | Ok root ->
        t.root <- Option.value root ~default:(Dictionary (Names.empty, now));
        Ok ()

  let set t key value =
    Lwt.return
      (update t key (fun now -> function
        | Some (Dictionary _) -> Error (`Value_expected key)
        | None | Some (Value _) -> Ok (Some (Value (value, now)))))

  let remove t key =
    Lwt.return
      (match find t key with
      | None -> Ok ()
      | Some _ -> update t key (fun _ _ -> Ok None))

  let rec batch t ?(retries = 10) f =
    let before = t.root in
    let copy = { root = before } in
    Lwt.bind (f copy) (fun result ->
        if t.root == before then begin
          t.root <- copy.root;
          Lwt.return result
        end
        else if retries > 0 then batch t ~retries:(retries - 1) f
        else Lwt.fail_with "Mirage_kv_mem.batch: too many retries")

  let equal a b = String.equal (digest_of a.root) (digest_of b.root)

  let pp ppf t =
    let rec print place = function
      | Value (value, _) -> Format.fprintf ppf "%a: %S@ " Key.pp place value
      | Dictionary (names, _) ->
          Names.iter (fun name node -> print (Key.add place name) node) names
    in
    Format.pp_open_vbox ppf 0;
    print Key.empty t.root;
    Format.pp_close_box ppf ()
end
