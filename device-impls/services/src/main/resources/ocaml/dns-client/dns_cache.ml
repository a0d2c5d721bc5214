(* SPDX-License-Identifier: Apache-2.0 *)

type 'a t = (string, 'a * int64) Hashtbl.t

let most = 32
let longest = 86_400L
let create () = Hashtbl.create 7

let find t ~now key =
  match Hashtbl.find_opt t key with
  | Some (value, until) when Int64.compare now until < 0 -> Some value
  | Some _ ->
      Hashtbl.remove t key;
      None
  | None -> None

let make_room t =
  if Hashtbl.length t >= most then begin
    let first key (_, until) found =
      match found with
      | Some (_, earliest) when Int64.compare earliest until <= 0 -> found
      | _ -> Some (key, until)
    in
    Option.iter (fun (key, _) -> Hashtbl.remove t key) (Hashtbl.fold first t None)
  end

let add t ~now ~ttl key value =
  if Int64.compare ttl 0L > 0 then begin
    if not (Hashtbl.mem t key) then make_room t;
    Hashtbl.replace t key (value, Int64.add now (Int64.min longest ttl))
  end
