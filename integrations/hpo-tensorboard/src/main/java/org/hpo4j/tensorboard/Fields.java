package org.hpo4j.tensorboard;

/**
 * Field numbers of the protocol buffers that TensorBoard reads, and the constants of its plugins,
 * as of TensorBoard 2.20. Named by message and field; the messages are declared in {@code
 * tensorboard/compat/proto} and {@code tensorboard/plugins/hparams} of its sources.
 */
final class Fields {

  static final String FILE_VERSION = "brain.Event:2";

  // event.proto
  static final int EVENT_WALL_TIME = 1;
  static final int EVENT_STEP = 2;
  static final int EVENT_FILE_VERSION = 3;
  static final int EVENT_GRAPH_DEF = 4;
  static final int EVENT_SUMMARY = 5;
  static final int EVENT_SESSION_LOG = 7;
  static final int SESSION_LOG_STATUS = 1;
  static final int SESSION_LOG_START = 1;

  // summary.proto
  static final int SUMMARY_VALUE = 1;
  static final int VALUE_TAG = 1;
  static final int VALUE_SIMPLE_VALUE = 2;
  static final int VALUE_IMAGE = 4;
  static final int VALUE_HISTO = 5;
  static final int VALUE_TENSOR = 8;
  static final int VALUE_METADATA = 9;
  static final int IMAGE_HEIGHT = 1;
  static final int IMAGE_WIDTH = 2;
  static final int IMAGE_COLORSPACE = 3;
  static final int IMAGE_ENCODED = 4;
  static final int METADATA_PLUGIN_DATA = 1;
  static final int METADATA_DATA_CLASS = 4;
  static final int PLUGIN_DATA_NAME = 1;
  static final int PLUGIN_DATA_CONTENT = 2;
  static final int DATA_CLASS_TENSOR = 2;

  // histogram.proto
  static final int HISTOGRAM_MIN = 1;
  static final int HISTOGRAM_MAX = 2;
  static final int HISTOGRAM_NUM = 3;
  static final int HISTOGRAM_SUM = 4;
  static final int HISTOGRAM_SUM_SQUARES = 5;
  static final int HISTOGRAM_BUCKET_LIMIT = 6;
  static final int HISTOGRAM_BUCKET = 7;

  // tensor.proto, tensor_shape.proto, types.proto
  static final int TENSOR_DTYPE = 1;
  static final int TENSOR_SHAPE = 2;
  static final int TENSOR_STRING_VAL = 8;
  static final int SHAPE_DIM = 2;
  static final int DIM_SIZE = 1;
  static final int DT_FLOAT = 1;
  static final int DT_STRING = 7;

  // graph.proto, node_def.proto, attr_value.proto
  static final int GRAPH_NODE = 1;
  static final int GRAPH_VERSIONS = 4;
  static final int VERSIONS_PRODUCER = 1;
  static final int NODE_NAME = 1;
  static final int NODE_OP = 2;
  static final int NODE_INPUT = 3;
  static final int NODE_ATTR = 5;
  static final int ATTR_LIST = 1;
  static final int ATTR_STRING = 2;
  static final int ATTR_INT = 3;
  static final int ATTR_FLOAT = 4;
  static final int ATTR_BOOL = 5;
  static final int ATTR_SHAPE = 7;

  // hparams/plugin_data.proto, hparams/api.proto
  static final String HPARAMS = "hparams";
  static final String EXPERIMENT_TAG = "_hparams_/experiment";
  static final String SESSION_START_TAG = "_hparams_/session_start_info";
  static final String SESSION_END_TAG = "_hparams_/session_end_info";
  static final int HPARAMS_EXPERIMENT = 2;
  static final int HPARAMS_SESSION_START = 3;
  static final int HPARAMS_SESSION_END = 4;
  static final int SESSION_START_HPARAMS = 1;
  static final int SESSION_START_TIME = 5;
  static final int SESSION_END_STATUS = 1;
  static final int SESSION_END_TIME = 2;
  static final int STATUS_UNKNOWN = 0;
  static final int STATUS_SUCCESS = 1;
  static final int STATUS_FAILURE = 2;
  static final int EXPERIMENT_TIME_CREATED = 3;
  static final int EXPERIMENT_HPARAM_INFOS = 4;
  static final int EXPERIMENT_METRIC_INFOS = 5;
  static final int EXPERIMENT_NAME = 6;
  static final int HPARAM_NAME = 1;
  static final int HPARAM_TYPE = 4;
  static final int HPARAM_DOMAIN_DISCRETE = 5;
  static final int HPARAM_DOMAIN_INTERVAL = 6;
  static final int HPARAM_DIFFERS = 7;
  static final int TYPE_STRING = 1;
  static final int TYPE_BOOL = 2;
  static final int TYPE_FLOAT64 = 3;
  static final int INTERVAL_MIN = 1;
  static final int INTERVAL_MAX = 2;
  static final int METRIC_NAME = 1;
  static final int METRIC_NAME_TAG = 2;

  // google/protobuf/struct.proto, and the entries of any map
  static final int STRUCT_NUMBER = 2;
  static final int STRUCT_STRING = 3;
  static final int STRUCT_BOOL = 4;
  static final int LIST_VALUES = 1;
  static final int MAP_KEY = 1;
  static final int MAP_VALUE = 2;

  private Fields() {}
}
