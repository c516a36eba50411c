// Validates the Kubernetes manifests in a directory against the types of their kinds. Prints, as JSON, which objects are valid,
// which are not, and for which kinds there are no types.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { ServiceMonitor, PrometheusRule } from "@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1";
import { NetworkPolicy } from "kubernetes-models/networking.k8s.io/v1";
import { PodDisruptionBudget } from "kubernetes-models/policy/v1";
import { Secret } from "kubernetes-models/v1";
import { parseAllDocuments } from "yaml";

const types = {
  "v1/Secret": Secret,
  "networking.k8s.io/v1/NetworkPolicy": NetworkPolicy,
  "policy/v1/PodDisruptionBudget": PodDisruptionBudget,
  "monitoring.coreos.com/v1/ServiceMonitor": ServiceMonitor,
  "monitoring.coreos.com/v1/PrometheusRule": PrometheusRule,
};
const report = { valid: [], invalid: {}, withoutTypes: [] };

const directory = process.argv[2];
for (const file of readdirSync(directory).filter((name) => name.endsWith(".yaml"))) {
  for (const document of parseAllDocuments(readFileSync(join(directory, file), "utf8"))) {
    const manifest = document.toJS();
    const kind = `${manifest.apiVersion}/${manifest.kind}`;
    const name = `${file}: ${kind}`;
    if (document.errors.length > 0) {
      report.invalid[name] = String(document.errors[0]);
    } else if (!types[kind]) {
      report.withoutTypes.push(kind);
    } else {
      try {
        new types[kind](manifest).validate();
        report.valid.push(kind);
      } catch (error) {
        report.invalid[name] = error.message;
      }
    }
  }
}
console.log(JSON.stringify(report));
