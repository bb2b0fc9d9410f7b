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

# 1. PolNeAR and the generated forms.
$train --out $work/main --steps 3300 --decay 0.66 --forms 0.6
# 2. The mean of the later checkpoints, then on with more noise: the first stage learns its texts by heart.
python -m training.average $work/mean.pt $work/main/step1500.pt $work/main/step2000.pt \
  $work/main/step2500.pt $work/main/step3000.pt
$train --out $work/anneal --start $work/mean.pt --steps 950 --decay 0.97 --warmup 30 \
  --rate 1.6e-4 --head-rate 5e-4 --forms 0.7 --masked 0.14 --dropout 0.15 --seed 11
# 3. The open set, with a quarter of PolNeAR so that it is not forgotten.
$train --out $work/open --start $work/anneal/step950.pt --steps 420 --decay 0.9 --warmup 15 \
  --rate 1.4e-4 --head-rate 4e-4 --polnear 0.25 --forms 0.2 --open 3 --masked 0.1 --seed 31

# Thresholds are tuned on PolNeAR dev and nowhere else; then the graphs, their scores, and the swap.
final=$work/open/step420.pt
python -m training.score $final --shared "$shared" --tune --write-limits $work/limits.json
python -m training.export $final --limits $work/limits.json
python -m training.score $model --shared "$shared" --json $work/dev.json
python -m training.score $model --shared "$shared" --gold "$shared/data/attribution/gold_shared.jsonl" \
  --json $work/gold.json
python -m training.swap --shared "$shared" --json $work/swap.json
python -m training.seal $model polnear_dev=$work/dev.json gold_shared=$work/gold.json swap=$work/swap.json
