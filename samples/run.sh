#!/usr/bin/env bash
# Trains VSRNet as DALI's example does, with TensorBoard beside it where that is installed.
#
#   samples/run.sh                                         the sample clip, on a CPU in a few minutes
#   DATA_DIR=data RESOLUTION=720p samples/run.sh --fp16    a data set of `vsr prepare`; further options go to vsr train
#
# Every variable below can be set in the environment.
set -euo pipefail
here=$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")" && pwd)

# --- data: DATA_DIR/RESOLUTION/DATA_TYPE[/CODEC][/crfCRF][/keyintKEYINT]/{train,val}
: "${DATA_DIR=}"                    # empty: a small data set is made of samples/blocks.mp4
: "${RESOLUTION=540p}"              # 540p, 720p, 1080p or 4K
: "${DATA_TYPE=scenes}"             # scenes (videos) or frames (pictures)
: "${CODEC=}"                       # these three only if they were given to vsr prepare
: "${CRF=}"
: "${KEYINT=}"

# --- training
: "${LOADER=}"                      # empty: by DATA_TYPE
: "${FRAMES=3}"
: "${IS_CROPPED=true}"
: "${CROP_SIZE=96 96}"              # height and width
: "${BATCHSIZE=2}"
: "${MAX_ITER=150}"
: "${PRECISION=fp32}"               # fp32, bf16 or fp16
: "${MIN_LR=0.0001}"
: "${MAX_LR=0.001}"
: "${WEIGHT_DECAY=0}"
: "${FLOWNET_PATH=}"                # FlowNet2-SD_checkpoint.pth.tar; empty: no motion compensation
: "${SEED=1}"
: "${DEVICE=auto}"

# --- output
: "${CHECKPOINT_DIR=runs/$(date +%Y%m%d-%H%M%S)}"
: "${IMAGE_FREQ=20}"
: "${TIMING=true}"
: "${VAL_FRAMES=4}"                 # first frames of a validation clip that are scored while training
: "${TENSORBOARD_PORT=6006}"
: "${VSR=}"                         # the program and its arguments; empty: that of this repository

vsr=("$here/../vsr")
if [ -n "$VSR" ]; then
    read -ra vsr <<< "$VSR"
fi

if [ -z "$DATA_DIR" ]; then
    DATA_DIR=runs/sample-data
    RESOLUTION=540p CODEC='' CRF='' KEYINT=''
    if [ ! -d "$DATA_DIR/540p/scenes/val" ]; then
        mkdir -p "$DATA_DIR"
        printf '1.6\n2.4\n3.2\n' > "$DATA_DIR/scene-ends.txt"       # of a film of 3.2 s; the last scene validates
        "${vsr[@]}" prepare all "$here/blocks.mp4" --out_data "$DATA_DIR" --timestamps "$DATA_DIR/scene-ends.txt" --val-count 1 \
            --resolution 540p --quiet
    fi
    if [ "$DATA_TYPE" = frames ] && [ ! -d "$DATA_DIR/540p/frames/val" ]; then
        "${vsr[@]}" prepare frames --main_data "$DATA_DIR" --resolution 540p --transcoded --quiet
    fi
fi

ROOT=$DATA_DIR/$RESOLUTION/$DATA_TYPE${CODEC:+/$CODEC}${CRF:+/crf$CRF}${KEYINT:+/keyint$KEYINT}
case $DATA_TYPE in
    scenes) : "${LOADER:=video}" ;;
    frames) : "${LOADER:=png}" ;;
    *) echo "run.sh: DATA_TYPE '$DATA_TYPE' is neither scenes nor frames" >&2; exit 2 ;;
esac
if [ ! -d "$ROOT/train" ]; then
    echo "run.sh: there is no $ROOT/train; make it with: vsr prepare all FILM --out_data $DATA_DIR --resolution $RESOLUTION" >&2
    exit 1
fi

arguments=(
    --network vsrnet --root "$ROOT" --loader "$LOADER" --frames "$FRAMES" --batchsize "$BATCHSIZE" --max_iter "$MAX_ITER"
    --precision "$PRECISION" --min_lr "$MIN_LR" --max_lr "$MAX_LR" --weight_decay "$WEIGHT_DECAY" --seed "$SEED"
    --checkpoint_dir "$CHECKPOINT_DIR" --image_freq "$IMAGE_FREQ" --timing "$TIMING" --val-frames "$VAL_FRAMES" --device "$DEVICE"
)
if [ "$IS_CROPPED" = true ]; then
    arguments+=(--is_cropped --crop_size $CROP_SIZE)
else
    arguments+=(--is_cropped false)
fi
if [ -n "$FLOWNET_PATH" ]; then
    arguments+=(--flownet_path "$FLOWNET_PATH")
fi

tensorboard=
if command -v tensorboard > /dev/null; then
    mkdir -p "$CHECKPOINT_DIR"
    tensorboard --logdir "$CHECKPOINT_DIR" --port "$TENSORBOARD_PORT" > "$CHECKPOINT_DIR/tensorboard.log" 2>&1 &
    tensorboard=$!
    trap 'kill "$tensorboard" 2> /dev/null || true' EXIT
    echo "run.sh: TensorBoard at http://localhost:$TENSORBOARD_PORT" >&2
else
    echo "run.sh: TensorBoard is not installed (pip install tensorboard); its files are in $CHECKPOINT_DIR/tensorboard" >&2
fi

code=0
"${vsr[@]}" train "${arguments[@]}" "$@" || code=$?
if [ -n "$tensorboard" ] && [ -t 0 ] && [ $code -eq 0 ]; then
    read -r -p "TensorBoard runs on; Enter stops it. " _ || true
fi
exit $code
