using Slipway.Judging;
using Slipway.Judging.Kayenta.Wire;
using Slipway.Judging.Pairs;
using Slipway.Server.Api;

namespace Slipway.Server.Checks.Kayenta;

/// <summary>Judges for a Kayenta that asks, as its remote judge.</summary>
internal static class KayentaModule
{
    public static void AddKayenta(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<IPairJudge>(new SlipwayPairJudge());
        builder.Services.ConfigureHttpJsonOptions(options => options.SerializerOptions.TypeInfoResolverChain.Add(KayentaJson.Default));
    }

    public static void MapKayenta(this WebApplication app) => app.MapGroup("/kayenta").RefuseUnknownParameters().WithTags("Kayenta").MapJudge();
}
