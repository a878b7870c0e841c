"""Makes the pair models of the tests: `pip install onnx==1.23.2 && python3 make.py`, beside which the files appear.

Both say how many of the second text's words stand in the first one. `one-logit.onnx` answers one number, 8 * (share - 0.5);
`three-labels.onnx` answers contradiction, entailment and neutral: -8 * (share - 0.5), 8 * (share - 0.5), -20.
Words that the tokenizer does not know do not count.
"""
import json

from onnx import TensorProto, checker, helper

WORDS = """a again about all already and answer arrived as at back be bought buyer by came city comes customer day days
delivered depot driver early everything for from gave gets has her his ignore in is it its late lost money more must nine
no not of on one order other parcel probability rains ready refund refunded repaid return returned says seven sold spain
the three to train truck two user was we with yes yesterday""".split()
SPECIAL = ["[PAD]", "[UNK]", "[CLS]", "[SEP]"]


def share():
    """Nodes that compute the share; ids below 4 are no words."""
    node = helper.make_node
    return [
        node("Greater", ["input_ids", "last_special"], ["is_word"]),
        node("Cast", ["is_word"], ["word"], to=TensorProto.FLOAT),
        node("Cast", ["token_type_ids"], ["second"], to=TensorProto.FLOAT),
        node("Sub", ["one", "second"], ["first"]),
        node("Cast", ["attention_mask"], ["attended"], to=TensorProto.FLOAT),
        node("Mul", ["word", "attended"], ["counts"]),
        node("Mul", ["counts", "first"], ["in_first"]),
        node("Mul", ["counts", "second"], ["in_second"]),
        node("Unsqueeze", ["input_ids", "axis_2"], ["rows"]),
        node("Unsqueeze", ["input_ids", "axis_1"], ["columns"]),
        node("Equal", ["rows", "columns"], ["is_same"]),
        node("Cast", ["is_same"], ["same"], to=TensorProto.FLOAT),
        node("Unsqueeze", ["in_first", "axis_1"], ["first_columns"]),
        node("Mul", ["same", "first_columns"], ["found_columns"]),
        node("ReduceMax", ["found_columns", "axis_2"], ["found"], keepdims=0),
        node("Mul", ["found", "in_second"], ["shared"]),
        node("ReduceSum", ["shared", "axis_1"], ["shared_words"], keepdims=1),
        node("ReduceSum", ["in_second", "axis_1"], ["words"], keepdims=1),
        node("Max", ["words", "one"], ["at_least_one"]),
        node("Div", ["shared_words", "at_least_one"], ["share"]),
        node("Sub", ["share", "half"], ["lean"]),
        node("Mul", ["lean", "eight"], ["yes"]),
    ]


def constants():
    floats = {"one": 1.0, "half": 0.5, "eight": 8.0, "zero": 0.0, "twenty": 20.0}
    tensors = [helper.make_tensor(name, TensorProto.FLOAT, [], [value]) for name, value in floats.items()]
    tensors.append(helper.make_tensor("last_special", TensorProto.INT64, [], [len(SPECIAL) - 1]))
    tensors.append(helper.make_tensor("axis_1", TensorProto.INT64, [1], [1]))
    tensors.append(helper.make_tensor("axis_2", TensorProto.INT64, [1], [2]))
    return tensors


def save(name, nodes, labels):
    inputs = ["input_ids", "token_type_ids", "attention_mask"]
    graph = helper.make_graph(
        nodes,
        name,
        [helper.make_tensor_value_info(each, TensorProto.INT64, ["batch", "tokens"]) for each in inputs],
        [helper.make_tensor_value_info("logits", TensorProto.FLOAT, ["batch", labels])],
        constants(),
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 18)], ir_version=9, producer_name="make.py")
    checker.check_model(model)
    with open(name + ".onnx", "wb") as file:
        file.write(model.SerializeToString(deterministic=True))


def tokenizer():
    def special(name):
        return {"id": name, "ids": [SPECIAL.index(name)], "tokens": [name]}

    def part(kind, name, segment):
        return {kind: {"id": name, "type_id": segment}}

    return {
        "version": "1.0",
        "truncation": None,
        "padding": None,
        "added_tokens": [
            {"id": i, "content": name, "single_word": False, "lstrip": False, "rstrip": False, "normalized": False,
             "special": True} for i, name in enumerate(SPECIAL)],
        "normalizer": {"type": "Lowercase"},
        "pre_tokenizer": {"type": "Whitespace"},
        "post_processor": {
            "type": "TemplateProcessing",
            "single": [part("SpecialToken", "[CLS]", 0), part("Sequence", "A", 0), part("SpecialToken", "[SEP]", 0)],
            "pair": [part("SpecialToken", "[CLS]", 0), part("Sequence", "A", 0), part("SpecialToken", "[SEP]", 0),
                     part("Sequence", "B", 1), part("SpecialToken", "[SEP]", 1)],
            "special_tokens": {name: special(name) for name in ("[CLS]", "[SEP]")},
        },
        "decoder": None,
        "model": {"type": "WordLevel", "unk_token": "[UNK]",
                  "vocab": {word: i for i, word in enumerate(SPECIAL + WORDS)}},
    }


save("one-logit", share() + [helper.make_node("Identity", ["yes"], ["logits"])], 1)
save("three-labels", share() + [
    helper.make_node("Sub", ["zero", "yes"], ["no"]),
    helper.make_node("Mul", ["yes", "zero"], ["nothing"]),
    helper.make_node("Sub", ["nothing", "twenty"], ["neutral"]),
    helper.make_node("Concat", ["no", "yes", "neutral"], ["logits"], axis=1)], 3)
with open("tokenizer.json", "w") as file:
    json.dump(tokenizer(), file, indent=1)
    file.write("\n")
