(* SPDX-License-Identifier: Apache-2.0 *)

open Functoria
module Key = Functoria_key

let request_file, answer_file =
  match Sys.argv with
  | [| _; request; answer |] -> (request, answer)
  | _ ->
      prerr_endline "usage: config.byte REQUEST.json ANSWER.json (run by mirage)";
      exit 2

let answered = ref false

let answer ?name errors body =
  answered := true;
  let errors = List.sort_uniq compare errors in
  Config_answer.write answer_file ~name ~errors body

let fail problem =
  answer [ problem ] Config_answer.Nothing;
  exit 0

(* Keys of the tool, there without being asked for. *)
let tool_keys =
  Mirage_key.
    [ abstract target; abstract warn_error; abstract target_debug; abstract no_depext ]

(* One key of each name, sorted; and what contradicts. *)
let distinct_keys keys =
  let options k = (Key.info k).names in
  let contradiction a b =
    if Key.equal a b then
      if options a <> options b || Key.kind a <> Key.kind b || Key.stage a <> Key.stage b then
        Some (Printf.sprintf "two different keys are both named '%s'" (Key.name a))
      else None
    else
      let shared = List.filter (fun o -> List.mem o (options b)) (options a) in
      match shared with
      | o :: _ ->
          Some
            (Printf.sprintf "the keys '%s' and '%s' both have the option %s%s" (Key.name a) (Key.name b)
               (if String.length o = 1 then "-" else "--")
               o)
      | [] when Key.ocaml_name a = Key.ocaml_name b ->
          Some
            (Printf.sprintf "the keys '%s' and '%s' are both %s in OCaml" (Key.name a) (Key.name b)
               (Key.ocaml_name a))
      | [] -> None
  in
  let add (kept, problems) k =
    let found = List.filter_map (fun other -> contradiction other k) kept in
    let problems = List.map Config_problem.v found @ problems in
    if List.exists (Key.equal k) kept then (kept, problems) else (k :: kept, problems)
  in
  let kept, problems = List.fold_left add ([], []) keys in
  (List.sort Key.compare kept, problems)

let key_problems context keys =
  let problem k = Option.map (fun (m, where) -> Config_problem.v ~where m) (Key.problem context k) in
  List.filter_map problem keys

(* OCaml on the chip has 31-bit integers; the generated code holds the values of boot-time keys. *)
let too_wide context k =
  let expression = Fmt.str "%a" (Key.serialize_value context) k in
  let bare = Astring.String.trim ~drop:(fun c -> c = '(' || c = ')' || c = ' ') expression in
  let number = match Astring.String.cut ~sep:"Some " bare with Some ("", n) -> n | _ -> bare in
  match int_of_string_opt number with
  | Some n when n >= 1 lsl 30 || n < -(1 lsl 30) ->
      let message = Printf.sprintf "invalid value '%d', expected an integer of 31 bits, all that the target has" n in
      Some (Config_problem.v ~where:("option " ^ Functoria_arg.option_name (Key.info k)) message)
  | _ -> None

let wide_problems context keys =
  if Key.eval context Mirage_key.is_esp32 then List.filter_map (too_wide context) keys else []

let describe (n : Config_graph.node) =
  match n.subject with
  | Device d -> "device " ^ d.kind
  | Module m -> Printf.sprintf "device %s (module %s)" n.name m.name

let capitalized name = name <> "" && name.[0] >= 'A' && name.[0] <= 'Z'

let node_problem (n : Config_graph.node) =
  match n.subject with
  | Device { refused; _ } -> Option.map Config_problem.v refused
  | Module { name; _ } when capitalized name -> None
  | Module { name; _ } ->
      Some (Config_problem.v (Printf.sprintf "module %S: expected an OCaml module, like \"Unikernel.Main\"" name))

let run_hook hook (request : Config_request.t) info report nodes =
  Sys.chdir (Fpath.to_string request.build_dir);
  let run (n : Config_graph.node) =
    let where = Printf.sprintf "%s of %s" (Config_graph.hook_name hook) (describe n) in
    Config_problem.protect ~where ~default:() report (fun () ->
        match n.hook hook info with
        | Ok () -> ()
        | Error (`Msg m) -> report (Config_problem.v ~where m))
  in
  List.iter run nodes

let connect_of info report (n : Config_graph.node) =
  match n.subject with
  | Device _ -> (n, None)
  | Module m ->
      let where = "connect of " ^ describe n in
      (n, Some (Config_problem.protect ~where ~default:"" report (fun () -> m.connect info)))

let evaluate (request : Config_request.t) name ~keys ~packages ~init ~jobs =
  let problems = ref [] in
  let report p = problems := p :: !problems in
  let context = Key.raw_context (("target", [ request.target ]) :: request.keys) in
  let possible = tool_keys @ keys @ Config_graph.keys context (init @ jobs) in
  let context = Key.apply_aliases (Key.Set.of_list possible) context in
  match request.command with
  | Keys ->
      let all, contradictions = distinct_keys possible in
      (contradictions, Config_answer.Keys all)
  | (Graph | Hook _) as command ->
      let graph = Config_graph.evaluate context [ init; jobs ] in
      let all_keys, contradictions = distinct_keys (tool_keys @ keys @ graph.keys) in
      List.iter report (contradictions @ key_problems context all_keys @ wide_problems context all_keys
        @ List.filter_map node_problem graph.nodes);
      let declared =
        packages @ List.concat_map (fun (n : Config_graph.node) -> n.packages) graph.nodes
      in
      let merged, conflicts = Functoria_package.merge declared in
      List.iter (fun m -> report (Config_problem.v m)) conflicts;
      let info =
        Functoria_application.with_resolved ~libraries:request.libraries ~packages:request.packages
          (Info.create ~packages:merged ~keys:all_keys ~context ~name ~build_dir:request.build_dir)
      in
      let body =
        match command with
        | Hook hook ->
            if !problems = [] then run_hook hook request info report graph.nodes;
            Config_answer.Nothing
        | Keys | Graph ->
            let nodes = List.map (connect_of info report) graph.nodes in
            let init, jobs =
              match graph.roots with [ i; j ] -> (i, j) | _ -> assert false
            in
            Config_answer.Graph
              { context; keys = all_keys; packages = merged; jars = Functoria_package.jars declared; nodes; init;
                jobs }
      in
      (!problems, body)

let register ~keys ~packages ~init name jobs =
  if !answered then failwith "register is called twice, an application registers once";
  let request = Config_request.read request_file in
  let name = Functoria_name.ocamlify name in
  let errors, body = evaluate request name ~keys ~packages ~init ~jobs in
  answer ~name errors body

let () =
  Printexc.record_backtrace true;
  Printexc.set_uncaught_exception_handler (fun e _ -> fail (Config_problem.of_exception e));
  at_exit (fun () ->
      if not !answered then
        answer [ Config_problem.v "config.ml ends without calling register" ] Config_answer.Nothing)
