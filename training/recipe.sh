#!/bin/sh
# How the shipped model was made, in one command, from the repository root: sh training/recipe.sh ../shared
# First: pip install . -r training/requirements.txt. About an hour and a half on two idle CPU cores.
# Every stage that was stopped goes on where it stopped; build/training holds the checkpoints.
set -e
shared=${1:-../shared}
work=build/training
model=src/sayso/language/model
export OMP_WAIT_POLICY=PASSIVE OMP_NUM_THREADS=2 HF_HUB_OFFLINE=1 PYTHONPATH="src:."
train="python -m training.train --shared $shared"

# Every passage of the open set still has its words.
python -m training.open_set --shared "$shared"
python -m training.names --shared "$shared"

# 1. Plain texts with pieces hidden: the encoder meets news and statements, and the anonymous name piece.
PYTHONPATH="src:." python -m training.reread --shared $shared --out $work/reread --steps 1300
# 2. PolNeAR, the generated forms, the open set, and the sets of mentions.
$train --out $work/main --start $work/reread/read.pt --steps 1800 --decay 0.7 --forms 0.5 --open 1 \
  --mentions 0.3 --masked 0.1 --dropout 0.12 --seed 13
# 3. The open set in front, with a third of PolNeAR so that it is not forgotten.
$train --out $work/open --start $work/main/step1800.pt --steps 450 --decay 0.9 --warmup 15 \
  --rate 1.4e-4 --head-rate 4e-4 --polnear 0.3 --forms 0.2 --open 2 --mentions 0.2 --masked 0.1 --dropout 0.12 \
  --seed 31
# 4. Both in full, the rate falling to nothing.
$train --out $work/both --start $work/open/step450.pt --steps 1000 --decay 0.95 --warmup 20 \
  --rate 2.4e-4 --head-rate 7e-4 --forms 0.3 --open 1.2 --mentions 0.12 --masked 0.12 --dropout 0.12 --seed 41

# Thresholds are tuned on PolNeAR dev and nowhere else; then the graphs, their scores, and the swap.
final=$work/both/step1000.pt
python -m training.score $final --shared "$shared" --tune --write-limits $work/limits.json
python -m training.export $final --limits $work/limits.json
python -m training.score $model --shared "$shared" --json $work/dev.json
python -m training.score $model --shared "$shared" --gold "$shared/data/attribution/gold_shared.jsonl" \
  --json $work/gold.json
python -m training.swap --shared "$shared" --json $work/swap.json
python -m training.seal $model polnear_dev=$work/dev.json gold_shared=$work/gold.json swap=$work/swap.json
