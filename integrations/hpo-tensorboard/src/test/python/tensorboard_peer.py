"""The other side of the interoperation tests: what the real TensorBoard makes of event files.

Usage: tensorboard_peer.py load FOLDER    what its event loader reads of each run
       tensorboard_peer.py serve FOLDER   what its server tells the browser about the runs
Prints one JSON document.
"""

import io
import json
import os
import re
import subprocess
import sys
import urllib.parse
import urllib.request

from PIL import Image

from tensorboard.backend.event_processing import event_accumulator
from tensorboard.compat.proto import graph_pb2
from tensorboard.plugins.hparams import metadata as hparams_metadata
from tensorboard.util import tensor_util

HPARAMS = {
    hparams_metadata.EXPERIMENT_TAG: hparams_metadata.parse_experiment_plugin_data,
    hparams_metadata.SESSION_START_INFO_TAG: hparams_metadata.parse_session_start_info_plugin_data,
    hparams_metadata.SESSION_END_INFO_TAG: hparams_metadata.parse_session_end_info_plugin_data,
}


def runs_of(folder):
    for path, _, files in sorted(os.walk(folder)):
        if any("tfevents" in name for name in files):
            yield os.path.relpath(path, folder), path


def pixels(png):
    image = Image.open(io.BytesIO(png)).convert("RGB")
    return [list(pixel) for pixel in image.getdata()]


def attribute(value):
    kind = value.WhichOneof("value")
    if kind == "s":
        return value.s.decode("utf-8")
    if kind == "shape":
        return [dim.size for dim in value.shape.dim]
    if kind == "list":
        return [[dim.size for dim in shape.dim] for shape in value.list.shape]
    return getattr(value, kind)


def graph(events):
    definition = graph_pb2.GraphDef()
    definition.CopyFrom(events.Graph())
    return [
        {
            "name": node.name,
            "op": node.op,
            "inputs": list(node.input),
            "attributes": {key: attribute(value) for key, value in node.attr.items()},
        }
        for node in definition.node
    ]


def hparams(tag, content):
    message = HPARAMS[tag](content)
    if tag == hparams_metadata.SESSION_START_INFO_TAG:
        return {key: value_of(value) for key, value in message.hparams.items()}
    if tag == hparams_metadata.SESSION_END_INFO_TAG:
        return {"status": message.status, "end": message.end_time_secs}
    return {
        "name": message.name,
        "hparams": [info.name for info in message.hparam_infos],
        "metrics": [info.name.tag for info in message.metric_infos],
    }


def value_of(value):
    return getattr(value, value.WhichOneof("kind"))


def load(folder):
    """All that the event loader has, by run."""
    result = {}
    for run, path in runs_of(folder):
        events = event_accumulator.EventAccumulator(
            path, size_guidance=dict.fromkeys(event_accumulator.DEFAULT_SIZE_GUIDANCE, 0)
        )
        events.Reload()
        tags = events.Tags()
        texts, plugin = {}, {}
        for tag in tags["tensors"]:
            name = events.SummaryMetadata(tag).plugin_data.plugin_name
            if name == "text":
                texts[tag] = [
                    [e.step, tensor_util.make_ndarray(e.tensor_proto).item().decode("utf-8")]
                    for e in events.Tensors(tag)
                ]
            elif name == "hparams":
                plugin[tag] = hparams(tag, events.SummaryMetadata(tag).plugin_data.content)
        result[run] = {
            "scalars": {t: [[e.step, e.value] for e in events.Scalars(t)] for t in tags["scalars"]},
            "histograms": {
                t: [{"step": e.step, **vars(e.histogram_value)} for e in events.Histograms(t)]
                for t in tags["histograms"]
            },
            "images": {
                t: [
                    {
                        "step": e.step,
                        "width": e.width,
                        "height": e.height,
                        "pixels": pixels(e.encoded_image_string),
                    }
                    for e in events.Images(t)
                ]
                for t in tags["images"]
            },
            "texts": texts,
            "hparams": plugin,
            "graph": graph(events) if tags["graph"] else None,
        }
    return result


def fetch(base, path, body=None, **query):
    url = base + path + ("?" + urllib.parse.urlencode(query) if query else "")
    data = None if body is None else json.dumps(body).encode("utf-8")
    request = urllib.request.Request(url, data, {"Content-Type": "application/json"})
    with urllib.request.urlopen(request, timeout=60) as response:
        return response.read().decode("utf-8")


def serve(folder):
    """What the pages of a started TensorBoard are told."""
    server = subprocess.Popen(
        [sys.executable, "-m", "tensorboard.main", "--logdir", folder, "--port", "0",
         "--bind_all", "--load_fast", "true"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        for line in server.stderr:
            port = re.search(r"http://[^:]+:(\d+)/", line)
            if port:
                break
        else:
            raise RuntimeError("TensorBoard ended with " + str(server.wait()))
        base = "http://localhost:" + port.group(1) + "/data/"
        runs = json.loads(fetch(base, "runs"))
        statuses = [0, 1, 2, 3]
        groups = json.loads(
            fetch(
                base,
                "plugin/hparams/session_groups",
                {"allowedStatuses": statuses, "startIndex": 0, "sliceSize": 1000, "colParams": []},
            )
        )
        histograms = json.loads(fetch(base, "plugin/histograms/tags"))
        return {
            "runs": runs,
            "scalars": json.loads(fetch(base, "plugin/scalars/tags")),
            "histograms": {
                run: {
                    tag: json.loads(
                        fetch(base, "plugin/histograms/histograms", run=run, tag=tag)
                    )
                    for tag in tags
                }
                for run, tags in histograms.items()
            },
            "images": json.loads(fetch(base, "plugin/images/tags")),
            "texts": json.loads(fetch(base, "plugin/text/tags")),
            "graphs": json.loads(fetch(base, "plugin/graphs/info")),
            "rows": [
                {
                    "name": group["name"],
                    "hparams": group["hparams"],
                    "metrics": {
                        value["name"]["tag"]: value["value"]
                        for value in group.get("metricValues", [])
                    },
                    "status": group["sessions"][0]["status"],
                }
                for group in groups["sessionGroups"]
            ],
        }
    finally:
        server.terminate()
        server.wait()
        server.stderr.close()


if __name__ == "__main__":
    print(json.dumps({"load": load, "serve": serve}[sys.argv[1]](sys.argv[2])))
