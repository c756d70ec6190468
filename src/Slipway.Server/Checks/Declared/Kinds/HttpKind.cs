using Slipway.Contracts.Services;
using Slipway.DeploymentTypes;
using Slipway.Server.Checks.Declared.Http;
using Slipway.Server.Instances.Releases;

namespace Slipway.Server.Checks.Declared.Kinds;

/// <summary>Requests, one after the other; the first that is not answered as expected is what the try found.</summary>
internal sealed class HttpKind(CheckHttp http) : ICheckKind
{
    private const int Quoted = 120;

    public bool Is(CheckDefinition check) => check.Http is not null;

    public string Describe(CheckDefinition check) => check.Http is [var only]
        ? $"Ask {Told.Address(only.Url)}"
        : $"Ask {Told.Address(check.Http![0].Url)} and {check.Http.Count - 1} more";

    public IEnumerable<string?> Texts(CheckDefinition check) => check.Http!.SelectMany(request => request.Headers.Values.Append(request.Url).Append(request.Body).Append(request.Contains));

    public Task<StageResult> RunAsync(CheckCall call, CancellationToken cancellation) => Tries.RunAsync(call, _ => AskAsync(call, cancellation));

    private async Task<Finding> AskAsync(CheckCall call, CancellationToken cancellation)
    {
        Finding finding = new Finding.Pass("Nothing was asked");
        foreach (var wanted in call.Check.Http!)
        {
            using var request = CheckRequest.Make(call, wanted.Method, wanted.Url, wanted.Headers, wanted.Body is { } body ? call.Fill(body) : null);
            var what = $"{wanted.Method} {Told.Address(request.RequestUri!)}";
            finding = Judge(what, wanted, call, await http.SendAsync(request, wanted.Within.Time, redirects: true, cancellation));
            if (finding is not Finding.Pass)
                break;
        }

        return finding;
    }

    private static Finding Judge(string what, HttpCheck wanted, CheckCall call, HttpAnswer answer)
    {
        var status = wanted.Status ?? StatusRanges.Usual;
        switch (answer)
        {
            case HttpAnswer.Silent silent:
                return new Finding.Inconclusive($"{what} {silent.Why}");
            case HttpAnswer.Refused refused:
                return new Finding.Fail($"{what} {refused.Why}", ForGood: true);
            case HttpAnswer.Came came when !StatusRanges.Has(status, came.Status):
                return new Finding.Fail($"{what} answered {came.Status}, expected {status}{Quote(came)}");
            case HttpAnswer.Came came when wanted.Contains is { } text && !came.Body.Contains(call.Fill(text), StringComparison.Ordinal):
                return new Finding.Fail($"{what} answered {came.Status} without \"{Told.Short(call.Fill(text), Quoted)}\"{(came.IsCut ? " in its first 64 KB" : "")}{Quote(came)}");
            case HttpAnswer.Came came:
                return new Finding.Pass($"{what} answered {came.Status}");
            default:
                throw new InvalidOperationException($"Unknown answer {answer.GetType().Name}.");
        }
    }

    private static string Quote(HttpAnswer.Came came) => Told.Short(came.Body, Quoted) is { Length: > 0 } said ? $": \"{said}\"" : "";
}
