"""How each network is taught: one file a recipe."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from restorer.training.recipe import Recipe
from restorer.training.recipes.context_encoder import ContextEncoderRecipe
from restorer.training.recipes.partial_conv import PartialConvRecipe
from restorer.training.recipes.reweave import ReweaveRecipe
from restorer.training.recipes.spotter import SpotterRecipe

if TYPE_CHECKING:
    import torch

    from restorer.training.config import Config
    from restorer.training.ranks import Ranks

_RECIPES: dict[str, type[Recipe[Any, Any]]] = {
    "reweave": ReweaveRecipe,
    "context-encoder": ContextEncoderRecipe,
    "context-encoder-gan": ContextEncoderRecipe,
    "partial-conv": PartialConvRecipe,
    "spotter": SpotterRecipe,
}


def recipe(config: Config, ranks: Ranks, device: torch.device) -> Recipe[Any, Any]:
    """The recipe for what `config.network` names."""
    return _RECIPES[config.network](config, ranks, device)


def described(config: Config) -> dict[str, Any]:
    """What a card says of weights that were taught so: network, shape, and what the recipe rests on."""
    return _RECIPES[config.network].described(config)
