using System.CommandLine;

namespace Slipway.Cli.Running;

/// <summary>A command: its constructor says what it takes, <see cref="RunAsync"/> what it does.</summary>
internal abstract class SlipwayCommand : Command
{
    protected SlipwayCommand(Surroundings surroundings, string name, string description)
        : base(name, description) =>
        SetAction(async (parse, cancellation) =>
        {
            using var call = new Invocation(parse, surroundings);
            try
            {
                return await RunAsync(call, cancellation);
            }
            catch (Exception e)
            {
                return await Failures.ReportAsync(e, call, cancellation);
            }
        });

    protected abstract Task<int> RunAsync(Invocation call, CancellationToken cancellation);
}
