using Microsoft.Extensions.DependencyInjection;
using Slipway.CrashHost;
using Slipway.DeploymentTypes.Scripted;
using Slipway.Server;
using Slipway.Server.Engine;

// The server as it is, except that it can be told to die: SLIPWAY_CRASH_AT=after:stageStarted#2 kills it at the second stageStarted.
// What scripted deployments do to the world is one line each in the file SLIPWAY_EFFECTS.
await SlipwayServer.Build(args, builder =>
{
    if (Environment.GetEnvironmentVariable("SLIPWAY_CRASH_AT") is { Length: > 0 } point)
        builder.Services.AddSingleton<ICrashPoints>(new SuddenDeath(point));

    if (Environment.GetEnvironmentVariable("SLIPWAY_EFFECTS") is { Length: > 0 } file)
        builder.Services.AddSingleton<IScriptedEffects>(new EffectsFile(file));
}).RunAsync();
