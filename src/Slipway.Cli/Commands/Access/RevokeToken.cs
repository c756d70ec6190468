using System.CommandLine;
using Slipway.Cli.Running;

namespace Slipway.Cli.Commands.Access;

/// <summary>slipway tokens revoke k7x…</summary>
internal sealed class RevokeToken : SlipwayCommand
{
    private readonly Argument<string> id = new("id") { Description = "Its id, from slipway tokens list" };

    public RevokeToken(Surroundings surroundings)
        : base(surroundings, "revoke", "Make an API token worthless, at once and for ever.") =>
        Add(id);

    protected override async Task<int> RunAsync(Invocation call, CancellationToken cancellation)
    {
        await call.Client.Access.RevokeTokenAsync(call.Get(id), cancellation);
        if (!call.Json)
            call.Line(call.Ink.Good($"✓ {call.Get(id)} is revoked."));
        return ExitCode.Done;
    }
}
