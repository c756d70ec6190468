using System.Text.Json;
using Slipway.Client;
using Slipway.Client.Uploads;
using Slipway.Contracts;

namespace Slipway.Cli.Running;

/// <summary>What went wrong, in a sentence, and what to do next; never a stack trace.</summary>
internal static class Failures
{
    public static async Task<int> ReportAsync(Exception exception, Invocation call, CancellationToken interrupt)
    {
        switch (exception)
        {
            case OperationCanceledException when interrupt.IsCancellationRequested:
                return ExitCode.Interrupted;

            case StopException stop:
                Write(call, new ApiProblem { Title = stop.Message, Code = stop.Code, Detail = stop.Next }, stop.Message, stop.Next);
                return stop.ExitCode;

            case ApiException { Problem: var problem }:
                Write(call, problem, What(problem), await Advice.ForAsync(problem, call, interrupt));
                return ExitCodeOf(problem.Status);

            case ServerUnreachableException unreachable:
                Write(
                    call,
                    new ApiProblem { Title = "Server unreachable.", Code = "server_unreachable", Detail = unreachable.Message },
                    unreachable.Message,
                    unreachable.CertificateRefused
                        ? "Give the CA that vouches for it: slipway login --ca FILE, or SLIPWAY_CA."
                        : "Is it running, and is the address right? It comes from --server, SLIPWAY_SERVER or slipway login.");
                return ExitCode.Unreachable;

            case FileChangedException or IOException or UnauthorizedAccessException:
                Write(call, new ApiProblem { Title = exception.Message, Code = "file" }, exception.Message, null);
                return ExitCode.Usage;

            case JsonException:
                const string what = "The server's answer was not understood.";
                const string next = "Check that server and command line have the same version: slipway --version.";
                Write(call, new ApiProblem { Title = what, Code = "answer_not_understood", Detail = next }, what, next);
                return ExitCode.Unreachable;

            default:
                Write(call, new ApiProblem { Title = exception.Message, Code = "unexpected" }, $"That was not expected: {exception.Message}", "Please report it with the command you ran.");
                return ExitCode.Unreachable;
        }
    }

    public static void Write(Surroundings surroundings, string what, string? next) =>
        surroundings.Error.Write(next is null ? $"error: {what}\n" : $"error: {what}\n       {next.Replace("\n", "\n       ", StringComparison.Ordinal)}\n");

    public static int ExitCodeOf(int status) => status switch
    {
        401 or 403 or 409 or 423 or 429 => ExitCode.Refused,
        >= 500 => ExitCode.Unreachable,
        _ => ExitCode.Usage,
    };

    private static string What(ApiProblem problem) => problem.Detail.Length > 0 ? problem.Detail : problem.Title;

    private static void Write(Invocation call, ApiProblem problem, string what, string? next)
    {
        if (call.Json)
            call.Surroundings.Error.Write(JsonSerializer.Serialize(problem, ContractsJson.Default.ApiProblem) + "\n");
        else
            Write(call.Surroundings, what, next);
    }
}
