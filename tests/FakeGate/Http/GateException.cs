namespace Slipway.FakeGate.Http;

/// <summary>Becomes an error answer.</summary>
internal sealed class GateException(int status, string message, string? type = null) : Exception(message)
{
    public int Status => status;

    public string? Type => type;

    /// <summary>As Gate hands on what a service behind it said.</summary>
    public static GateException Upstream(int status, string method, string url, string message) =>
        new(status, $"Status: {status}, Method: {method}, URL: {url}, Message: {message}", "com.netflix.spinnaker.kork.retrofit.exceptions.SpinnakerHttpException");

    public static GateException NotFound(string service, string path) => Upstream(404, "GET", $"http://{service}{path}", "Not Found");
}
